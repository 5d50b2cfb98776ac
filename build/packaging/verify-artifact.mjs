/** Checks that an installer or archive holds exactly the files of the unpacked app that was checked before. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { spawn } from "node:child_process";
import { folderFiles } from "./contents.mjs";
import { findProgram } from "./system-tools.mjs";
import { verdict } from "./verify-package.mjs";

/** What a squashfs begins with; the AppImage runtime lies before it and may be of any length, on a boundary of this many bytes. */
const SQUASHFS = "hsqs";
const BOUNDARY = 8;

function squashfsOffset(path) {
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf(SQUASHFS); at >= 0; at = bytes.indexOf(SQUASHFS, at + 1)) {
    // The version behind it tells the real one from those four letters inside a runtime.
    if (at % BOUNDARY === 0 && bytes.readUInt16LE(at + 28) === 4) return at;
  }
  throw new Error(`${basename(path)} holds no squashfs.`);
}

/** electron-builder puts it into the unpacked app while it makes the .deb, the only package that can install it. */
const APPARMOR = "resources/apparmor-profile";

/** Kind → the program that lists it and its arguments. */
const listers = {
  deb: (path) => ["dpkg-deb", ["--contents", path]],
  "tar.gz": (path) => ["tar", ["tzf", path]],
  AppImage: (path) => ["unsquashfs", ["-o", String(squashfsOffset(path)), "-l", path]],
  nsis: (path) => [findProgram("7za") ? "7za" : "7z", ["l", "-slt", path]],
};

function list(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
    let out = "";
    child.stdout.on("data", (chunk) => (out += chunk));
    child.on("error", reject);
    // 7-Zip ends with 1 for the padding behind an installer; what it listed is what counts.
    child.on("close", () => resolve(out));
  });
}

/** Listed paths relative to where the app lies inside: the folder that holds resources/app.asar. */
function pathsOf(listing) {
  const lines = listing.split("\n").map((line) => line.trimEnd().replaceAll("\\", "/"));
  const archive = lines.map((line) => /(?:^|\s)(\S*)resources\/app\.asar$/.exec(line)?.[1]).find((prefix) => prefix !== undefined);
  if (archive === undefined) return undefined;
  return new Set(lines.flatMap((line) => {
    const at = archive ? line.indexOf(archive) : line.lastIndexOf(" ") + 1;
    return at < 0 ? [] : [line.slice(at + archive.length)];
  }));
}

/** One check of one artifact. A machine without the program that reads its format gets a failed check that says so. */
export async function verifyArtifact(path, kind, folder) {
  const name = `${basename(path)} holds the whole app`;
  const [command, args] = listers[kind](path);
  if (!findProgram(command)) return verdict(name, [`${command} is not here, so nobody looked`], "");
  const listed = pathsOf(await list(command, args));
  const files = folderFiles(folder).filter((file) => kind === "deb" || file.path !== APPARMOR);
  const wrong = listed === undefined ? ["resources/app.asar is not in it"] : files.filter((file) => !listed.has(file.path)).map((file) => `${file.path} is missing`);
  return verdict(name, wrong, `${files.length} files`);
}
