/** What the tests and the app need of the system beyond Node, and how to get it on Debian and Ubuntu. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { capture } from "./lib/run.mjs";

const program = (name) => () => (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));
const library = (name) => (libraries) => libraries.includes(name);

/** Debian package → how to see that it is there. */
const forTests = {
  "libgtk-3-0": library("libgtk-3.so.0"),
  "libnss3": library("libnss3.so"),
  "libgbm1": library("libgbm.so.1"),
  "libasound2": library("libasound.so.2"),
  // Loaded by name at run time: without it Electron dies with a bare trap and no message.
  "libx11-xcb1": library("libX11-xcb.so.1"),
  "libsecret-1-0": library("libsecret-1.so.0"),
  "xvfb": program("Xvfb"),
  "xauth": program("xauth"),
  "xdotool": program("xdotool"),
  "openbox": program("openbox"),
  "dbus": program("dbus-run-session"),
  "gnome-keyring": program("gnome-keyring-daemon"),
  "x11-utils": program("xev"),
  // Vulkan on the processor, for the engine's tests: 8 MB beside what Xvfb brings along.
  "mesa-vulkan-drivers": () => existsSync("/usr/share/vulkan/icd.d") && readdirSync("/usr/share/vulkan/icd.d").some((name) => name.startsWith("lvp_icd")),
  "fonts-dejavu-core": () => existsSync("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
};

async function missing() {
  const { out } = await capture("ldconfig", ["-p"]).catch(() => ({ out: "" }));
  return Object.entries(forTests).flatMap(([name, isThere]) => (isThere(out) ? [] : [name]));
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/** Makes sure they are there: as root on Debian or Ubuntu by apt, saying so; otherwise prints the one line to run and exits 2. */
export async function needSystemPackages() {
  if (process.platform !== "linux") return;
  const names = await missing();
  if (names.length === 0) return;
  const line = `apt-get install -y --no-install-recommends ${names.join(" ")}`;
  if (process.getuid() !== 0 || !isDebian()) {
    console.error(`The tests need system packages that are not here. Run: sudo ${line}`);
    process.exit(2);
  }
  console.log(`Installing what the tests need: ${line}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await capture("apt-get", ["update", "-q"], { env });
  const { code, out } = await capture("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...names], { env });
  if (code === 0) return;
  console.error(`${out.split("\n").slice(-8).join("\n")}\nThe packages could not be installed. Run: ${line}`);
  process.exit(2);
}

