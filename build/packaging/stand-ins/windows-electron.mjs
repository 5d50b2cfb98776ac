import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capture } from "../../lib/run.mjs";

/** A program that says what it is, with Electron's fuse wire in it (sentinel, version 1, eight fuses), so that fuses are set and read back as in the real one. */
const source = `#include <windows.h>
__attribute__((used)) static const volatile char wire[] = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX" "\\x01" "\\x08" "10110001";
int WINAPI WinMain(HINSTANCE self, HINSTANCE none, LPSTR line, int show) {
  if (wire[0] != 'd') return 2;
  MessageBoxA(0, "This is a stand-in for Electron. It was packed to test the installer and runs nothing.", "Stint", 0);
  return 1;
}
`;
const resource = (version) => `1 VERSIONINFO
FILEVERSION ${version.split(".").join(",")},0
PRODUCTVERSION ${version.split(".").join(",")},0
BEGIN
 BLOCK "StringFileInfo" BEGIN BLOCK "040904B0" BEGIN
  VALUE "FileDescription", "Stand-in for Electron"
  VALUE "OriginalFilename", "electron.exe"
  VALUE "ProductName", "Electron"
  VALUE "ProductVersion", "${version}"
 END END
 BLOCK "VarFileInfo" BEGIN VALUE "Translation", 0x409, 0x4B0 END
END
`;

async function must(command, args) {
  const { code, out } = await capture(command, args);
  if (code !== 0) throw new Error(`${command}: ${out.trim().slice(0, 400)}`);
}

/** Makes a folder that electron-builder takes for Electron for Windows. Nothing packed from it can run. Returns the folder. */
export async function makeWindowsElectron(folder, version) {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ["locales", "resources"]) mkdirSync(join(folder, name), { recursive: true });
  const [c, rc, object] = ["electron.c", "electron.rc", "electron.res"].map((name) => join(folder, name));
  writeFileSync(c, source);
  writeFileSync(rc, resource(version));
  await must("x86_64-w64-mingw32-windres", [rc, "-O", "coff", "-o", object]);
  await must("x86_64-w64-mingw32-gcc", ["-mwindows", "-Os", "-s", "-o", join(folder, "electron.exe"), c, object]);
  for (const path of [c, rc, object]) rmSync(path);
  writeFileSync(join(folder, "locales/en-US.pak"), "");
  writeFileSync(join(folder, "version"), version);
  return folder;
}
