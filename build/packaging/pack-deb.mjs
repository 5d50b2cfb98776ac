#!/usr/bin/env node
/**
 * Makes a .deb with dpkg-deb from the command line that electron-builder gives to fpm, so that neither Ruby nor a download is needed.
 * Knows what electron-builder's deb target uses and refuses everything else.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { findProgram } from "./system-tools.mjs";

const alone = new Set(["--force", "--debug"]);
const architectures = { x86_64: "amd64", x64: "amd64", amd64: "amd64", aarch64: "arm64", arm64: "arm64" };

/** fpm's options, its repeated ones as lists, and its `source=target` pairs. Throws on an option without a value. */
function readFpmArguments(argv) {
  const read = { options: {}, depends: [], recommends: [], pairs: [] };
  const lists = { "-d": read.depends, "--depends": read.depends, "--deb-recommends": read.recommends };
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at];
    if (alone.has(word)) continue;
    if (word.startsWith("-")) {
      const value = argv[++at];
      if (value === undefined) throw new Error(`${word} needs a value.`);
      if (lists[word]) lists[word].push(value);
      else read.options[word.replace(/^-+/, "")] = value;
    } else {
      const cut = word.lastIndexOf("=");
      read.pairs.push({ from: word.slice(0, cut), to: word.slice(cut + 1) });
    }
  }
  const { s, t } = read.options;
  if (s !== "dir" || t !== "deb") throw new Error("Only a .deb from folders can be made here.");
  return read;
}

/** A folder ends in "/", and its contents go below the target; a file goes to exactly the target. */
function copyInto(root, pairs) {
  for (const { from, to } of pairs) {
    const target = join(root, to);
    mkdirSync(from.endsWith("/") ? target : dirname(target), { recursive: true });
    if (from.endsWith("/")) cpSync(from, target, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    else {
      copyFileSync(resolve(from), target);
      chmodSync(target, 0o644);
    }
  }
  // Whatever the umask of the machine that packs: readable by all, writable by root alone.
  execFileSync("chmod", ["-R", "u+rwX,go+rX,go-w", root]);
}

/** Debian's own form of a description: one line, then indented lines, an empty one as " .". */
function describe(text = "", name = "") {
  const [first, ...rest] = text.split("\n").map((line) => line.trim());
  return [first || rest.shift() || name, ...rest.map((line) => ` ${line || "."}`)].join("\n");
}

function writeControl(root, { options, depends, recommends }) {
  const architecture = architectures[options.architecture];
  if (!architecture) throw new Error(`No Debian architecture is known for ${options.architecture}.`);
  const kilobytes = execFileSync("du", ["-sk", "--apparent-size", root], { encoding: "utf8" }).split("\t")[0];
  const fields = {
    Package: options.name,
    Version: options.iteration ? `${options.version}-${options.iteration}` : options.version,
    Architecture: architecture,
    Maintainer: options.maintainer,
    "Installed-Size": kilobytes,
    Depends: depends.join(", "),
    Recommends: recommends.join(", "),
    Section: options.category ?? "utils",
    Priority: options["deb-priority"] ?? "optional",
    Homepage: options.url,
    Description: describe(options.description, options.name),
  };
  const folder = join(root, "DEBIAN");
  mkdirSync(folder, { mode: 0o755 });
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`${name}: ${value}\n`] : []));
  writeFileSync(join(folder, "control"), lines.join(""), { mode: 0o644 });
  for (const [option, name] of [["before-install", "preinst"], ["after-install", "postinst"], ["before-remove", "prerm"], ["after-remove", "postrm"]]) {
    if (options[option]) writeFileSync(join(folder, name), readFileSync(options[option], "utf8"), { mode: 0o755 });
  }
}

const root = mkdtempSync(join(tmpdir(), "stint-deb-"));
try {
  const read = readFpmArguments(process.argv.slice(2));
  chmodSync(root, 0o755);
  copyInto(root, read.pairs);
  writeControl(root, read);
  mkdirSync(dirname(read.options.package), { recursive: true });
  const level = process.env.STINT_PACK_LEVEL ?? "6";
  execFileSync(findProgram("dpkg-deb"), ["--root-owner-group", "-Zxz", `-z${level}`, "--build", root, read.options.package], { stdio: "inherit" });
} finally {
  rmSync(root, { recursive: true, force: true });
}
