/** What lies inside an unpacked app: the files of the archive, and the programs and libraries of the folder with what they were made for. */
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { getRawHeader } from "@electron/asar";

/** Every file of an asar: path with "/", size in bytes, and whether it lies beside the archive instead of in it. */
export function archiveFiles(archive) {
  const files = [];
  const walk = (node, path) => {
    for (const [name, entry] of Object.entries(node.files)) {
      const inside = path ? `${path}/${name}` : name;
      if (entry.files) walk(entry, inside);
      else files.push({ path: inside, bytes: entry.size ?? 0, unpacked: entry.unpacked === true });
    }
  };
  walk(getRawHeader(archive).header, "");
  return files;
}

/** Every file below a folder: path with "/", size in bytes. Links are not followed. */
export function folderFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const path = join(entry.parentPath ?? entry.path, entry.name);
    return [{ path: relative(folder, path).split(sep).join("/"), bytes: statSync(path).size }];
  });
}

function firstBytes(path, length) {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, 0));
  } finally {
    closeSync(file);
  }
}

/** "linux-x64", "windows-x64", another system or processor by name, or undefined for a file that is no program and no library. */
export function madeFor(path) {
  const bytes = firstBytes(path, 4096);
  if (bytes.length < 64) return undefined;
  if (bytes.readUInt32BE(0) === 0x7f454c46) return bytes.readUInt16LE(18) === 0x3e ? "linux-x64" : `linux, machine ${bytes.readUInt16LE(18)}`;
  if ([0xcffaedfe, 0xcefaedfe, 0xcafebabe].includes(bytes.readUInt32BE(0))) return "macos";
  if (bytes.readUInt16BE(0) !== 0x4d5a) return undefined;
  const header = bytes.readUInt32LE(0x3c);
  if (header + 6 > bytes.length) return "windows";
  return bytes.readUInt16LE(header + 4) === 0x8664 ? "windows-x64" : `windows, machine ${bytes.readUInt16LE(header + 4)}`;
}
