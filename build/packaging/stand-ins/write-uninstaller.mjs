#!/usr/bin/env node
/**
 * Takes the one task for which electron-builder starts wine: running a half-made NSIS installer that only writes its uninstaller.
 * The uninstaller is the installer's own program part followed by the one inner block that begins with an NSIS header, so it can be cut out.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { inflateRawSync } from "node:zlib";

/** What every NSIS header carries behind its four flag bytes. */
const SIGNATURE = Buffer.from("efbeadde4e756c6c736f6674496e7374", "hex");
const isHeader = (bytes) => bytes.length >= 20 && bytes.subarray(4, 20).equals(SIGNATURE);

/** Where the sections of a Windows program end; NSIS puts its data right behind. */
function endOfProgram(file) {
  const header = file.readUInt32LE(0x3c);
  const sections = file.readUInt16LE(header + 6);
  const first = header + 24 + file.readUInt16LE(header + 20);
  let end = 0;
  for (let index = 0; index < sections; index += 1) {
    const size = file.readUInt32LE(first + index * 40 + 16);
    const start = file.readUInt32LE(first + index * 40 + 20);
    if (size > 0 && start > 0) end = Math.max(end, start + size);
  }
  return end;
}

/** Each block is a length, whose top bit says "compressed", and that many bytes. */
function findUninstaller(data) {
  let found;
  for (let at = 28; at + 4 <= data.length; ) {
    const length = data.readUInt32LE(at) & 0x7fffffff;
    const isCompressed = data.readUInt32LE(at) >= 0x80000000;
    at += 4;
    if (length === 0 || at + length > data.length) break;
    let block = data.subarray(at, at + length);
    at += length;
    if (isCompressed) {
      try {
        block = inflateRawSync(block);
      } catch {
        continue;
      }
    }
    if (isHeader(block)) found = block;
  }
  return found;
}

const installer = process.argv[2];
const file = readFileSync(installer);
const end = endOfProgram(file);
const data = file.subarray(end);
const uninstaller = isHeader(data) ? findUninstaller(data) : undefined;
if (!uninstaller) {
  console.error(`No uninstaller was found inside ${installer}.`);
  process.exit(1);
}
writeFileSync(join(dirname(installer), `${basename(installer, "exe")}__uninstaller.exe`), Buffer.concat([file.subarray(0, end), uninstaller]));
