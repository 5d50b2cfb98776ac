import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../system-tools.mjs";

/** Bytes before the squashfs; the script unpacks from there. */
const OFFSET = 4096;

/** Lays out a folder as electron-builder's AppImage tools are: Debian's programs, and our script as the runtime. Returns the folder. */
export function makeAppImageTools(folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ["lib/x64", "runtimes"]) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ["mksquashfs", "desktop-file-validate"]) symlinkSync(findProgram(name), join(folder, name));
  const script = readFileSync(new URL("appimage-runtime.sh", import.meta.url));
  if (script.length >= OFFSET) throw new Error("The AppImage script is longer than the room before the squashfs.");
  // The script exits before the padding, which must still be text: a comment line.
  const padding = Buffer.alloc(OFFSET - script.length, "#");
  padding[padding.length - 1] = 0x0a;
  const runtime = join(folder, "runtimes/runtime-x64");
  writeFileSync(runtime, Buffer.concat([script, padding]));
  chmodSync(runtime, 0o755);
  return folder;
}
