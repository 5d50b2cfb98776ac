/** Programs of the system that packing needs, and how to get them on Debian and Ubuntu. */
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { capture } from "../lib/run.mjs";

/** program → Debian package. */
const packages = {
  "dpkg-deb": "dpkg",
  "7za": "p7zip-full",
  "mksquashfs": "squashfs-tools",
  "desktop-file-validate": "desktop-file-utils",
  "makensis": "nsis",
  "i686-w64-mingw32-gcc": "gcc-mingw-w64-i686",
  "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
};

/** Full path of a program on PATH, or undefined. */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/** Makes sure the named programs are there: as root on Debian or Ubuntu by apt, saying so; otherwise prints the one line to run and exits 2. */
export async function needPrograms(names) {
  const missing = names.filter((name) => !findProgram(name)).map((name) => packages[name]);
  if (missing.length === 0) return;
  const line = `apt-get install -y --no-install-recommends ${[...new Set(missing)].join(" ")}`;
  if (process.getuid?.() !== 0 || !isDebian()) {
    console.error(`Packing needs system packages that are not here. Run: sudo ${line}`);
    process.exit(2);
  }
  console.log(`Installing what packing needs: ${line}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await capture("apt-get", ["update", "-q"], { env });
  const { code, out } = await capture("apt-get", [...line.split(" ").slice(1, 4), "-q", ...missing], { env });
  if (code === 0 && names.every(findProgram)) return;
  console.error(`${out.split("\n").slice(-8).join("\n")}\nThe packages could not be installed. Run: ${line}`);
  process.exit(2);
}
