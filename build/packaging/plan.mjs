/** Decides with which tools a package is made on this machine, and says which of its parts would be stand-ins. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { electronPath } from "../electron-path.mjs";
import { capture, root } from "../lib/run.mjs";
import { makeAppImageTools } from "./stand-ins/appimage-tools.mjs";
import { makeNsisTools } from "./stand-ins/nsis-tools.mjs";
import { makeWindowsElectron } from "./stand-ins/windows-electron.mjs";
import { findProgram } from "./system-tools.mjs";
import { fetchWindowsNatives } from "./windows-natives.mjs";

const work = join(root, ".cache/packaging");
const DOWNLOADS = "https://github.com/electron-userland/electron-builder-binaries/releases";

/** Asked once with a short limit: electron-builder itself would try for 45 seconds for every missing tool. */
async function canDownload() {
  const answered = await fetch(DOWNLOADS, { method: "HEAD", signal: AbortSignal.timeout(5000) }).then((response) => response.ok, () => false);
  if (answered || !findProgram("curl")) return answered;
  // fetch goes past a proxy that the environment names; curl does not.
  const { code } = await capture("curl", ["--silent", "--fail", "--location", "--head", "--max-time", "5", "--output", "/dev/null", DOWNLOADS]);
  return code === 0;
}

const electronVersion = () => JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies.electron;

/** A ready-made Electron of exactly the release's version, as `npx install-electron` leaves it. */
function installedElectron(version) {
  const folder = join(root, "node_modules/electron/dist");
  const file = join(folder, "version");
  return existsSync(file) && readFileSync(file, "utf8").trim().replace(/^v/, "") === version ? folder : undefined;
}

async function linuxElectron(plan, online) {
  const version = electronVersion();
  const installed = installedElectron(version);
  if (installed) plan.config.electronDist = installed;
  else if (!online) {
    const folder = join(await electronPath(plan.log), "..");
    const packed = readFileSync(join(folder, "version"), "utf8").trim();
    Object.assign(plan.config, { electronDist: folder, electronVersion: packed });
    plan.standIns.push({ part: `Electron ${packed}, a test runtime`, instead: `Electron ${version}`, affects: "all", why: "Electron's download host does not answer" });
  }
  plan.electron = plan.config.electronVersion ?? version;
}

/** Without one in the system electron-builder fetches its own. */
function useSystemSevenZip(plan) {
  const program = findProgram("7za");
  if (program) plan.env.ELECTRON_BUILDER_7ZIP_PATH = program;
}

async function planLinux(plan, { targets }, online) {
  await linuxElectron(plan, online);
  if (targets.includes("deb")) {
    plan.programs.push("dpkg-deb");
    plan.env.CUSTOM_FPM_PATH = fileURLToPath(new URL("pack-deb.mjs", import.meta.url));
    plan.notes.push("The .deb is made with dpkg-deb instead of fpm, in every build.");
  }
  if (targets.includes("tar.gz") && !process.env.ELECTRON_BUILDER_7ZIP_PATH) {
    if (!online) plan.programs.push("7za");
    plan.prepare.push(() => useSystemSevenZip(plan));
    // The highest level takes minutes more and saves one byte in a hundred.
    plan.env.ELECTRON_BUILDER_COMPRESSION_LEVEL = "6";
  }
  if (targets.includes("AppImage") && !process.env.APPIMAGE_TOOLS_PATH && !online) {
    plan.programs.push("mksquashfs", "desktop-file-validate");
    plan.prepare.push(() => Object.assign(plan.env, { APPIMAGE_TOOLS_PATH: makeAppImageTools(join(work, "appimage")) }));
    plan.standIns.push({ part: "a shell script that needs squashfs-tools", instead: "the AppImage runtime", affects: "AppImage", why: "electron-builder's download host does not answer" });
  }
}

async function planWindows(plan, { targets }, online) {
  plan.electron = electronVersion();
  if (process.platform === "win32") return;
  plan.prepare.push(async () => {
    plan.extraFiles = await fetchWindowsNatives(join(work, "windows"), plan.log);
  });
  if (online) return;
  plan.programs.push("x86_64-w64-mingw32-gcc");
  plan.prepare.push(async () => Object.assign(plan.config, { electronDist: await makeWindowsElectron(join(work, "windows-electron"), plan.electron), electronVersion: plan.electron }));
  plan.standIns.push({ part: "a program that only says so", instead: `Electron ${plan.electron} for Windows`, affects: "all", why: "Electron's download host does not answer" });
  if (targets.length === 0) return;
  plan.programs.push("7za", "makensis", "i686-w64-mingw32-gcc");
  plan.prepare.push(() => useSystemSevenZip(plan));
  plan.prepare.push(async () => Object.assign(plan.env, await makeNsisTools(join(work, "nsis"))));
  plan.standIns.push(
    { part: "stubs that do nothing", instead: "the installer's NSIS plugins", affects: "nsis", why: "electron-builder's download host does not answer" },
    { part: "a program that cuts it out", instead: "wine, to write the uninstaller", affects: "nsis", why: "electron-builder's download host does not answer" },
  );
}

/**
 * What to add to electron-builder's configuration and environment here. `programs` must be there before `prepare`, which makes what the
 * plan needs and is only run when the plan is accepted; `standIns` names every part that a release must not have.
 */
export async function makePlan(options, log) {
  const plan = { log, env: {}, config: {}, extraFiles: [], notes: [], programs: [], standIns: [], prepare: [], electron: "" };
  const online = await canDownload();
  if (options.platform === "linux") await planLinux(plan, options, online);
  else await planWindows(plan, options, online);
  if (options.fast) Object.assign(plan.env, { ELECTRON_BUILDER_COMPRESSION_LEVEL: "1", STINT_PACK_LEVEL: "1" });
  return plan;
}
