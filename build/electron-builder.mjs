/**
 * How Stint is packed by electron-builder. No stand-in is named here: build/package.mjs adds those on the command line where a tool
 * cannot be had, so this file alone describes the release.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Natives of node-llama-cpp, of our own add-on and of keytar that go into an installer: all others are shut out, since a file of node_modules cannot be let in again.
 * CUDA stays out: it would add 180 to 540 MB, and Vulkan runs on the same cards.
 */
const natives = (llama, keytar) => [`electron/engine/llama/experts/prebuilt/${keytar}.node`, `!node_modules/@node-llama-cpp/!(${llama.join("|")})/**`, `!node_modules/keytar/prebuilds/!(${keytar})/**`];

/** Stands in each platform's own list: a shared list and a platform's list are two separate copies to electron-builder, the second one of everything. */
const files = [
  "package.json",
  "dist/**",
  "build/icons/*.png",
  // Optional peer of node-llama-cpp that is here for development only.
  "!node_modules/typescript/**",
  // Only copies downloads of a downloader that Stint does not use.
  "!node_modules/@reflink/reflink-*/**",
  // What node-llama-cpp needs to compile itself; Stint only uses its prebuilt binaries.
  "!node_modules/node-llama-cpp/llama/gitRelease.bundle",
  "!node_modules/node-llama-cpp/{bins,templates}/**",
  "!node_modules/node-llama-cpp/llama/{addon,gpuInfo,cmake,toolchains,profiles}/**",
  "!node_modules/keytar/{src,build,script,binding.gyp}{,/**}",
  "!**/*.{map,ts,mts,cts,tsbuildinfo}",
  "!**/*.{test,spec}.*",
];

/** Electron's own default app, and what the test runtime keeps beside it, would travel along with a ready-made Electron folder. */
async function dropLeftovers({ appOutDir }) {
  for (const path of ["resources/default_app.asar", "revision", "version"]) await rm(join(appOutDir, path), { force: true });
}

const quickEntry = (command) => ({
  entry: { Actions: "quick-entry;", StartupNotify: "false", Keywords: "time;timesheet;hours;Harvest;" },
  desktopActions: { "quick-entry": { Name: "Quick entry", Exec: `${command} --quick-entry` } },
});

/** electron-builder's configuration. */
const config = {
  appId: "app.stint.Stint",
  productName: "Stint",
  directories: { output: "release", buildResources: "build" },
  executableName: "stint-app",
  artifactName: "${name}-${version}-${os}-${arch}.${ext}",
  electronLanguages: ["en-US"],
  asar: true,
  asarUnpack: ["node_modules/@node-llama-cpp/**", "node_modules/keytar/prebuilds/**", "electron/engine/llama/experts/prebuilt/**"],
  // Every native module here is N-API: nothing is compiled for one Electron.
  npmRebuild: false,
  publish: null,
  afterPack: dropLeftovers,
  toolsets: { appimage: "1.0.3", nsis: "1.2.1", wine: "1.0.1" },
  electronFuses: {
    // node-llama-cpp tries each of its binaries in a child Node before it loads it, and the terminal program runs this way too.
    runAsNode: true,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
  },
  linux: {
    target: [{ target: "deb" }, { target: "AppImage" }, { target: "tar.gz" }],
    files: [...files, ...natives(["linux-x64", "linux-x64-vulkan"], "linux-x64")],
    icon: "build/icons",
    category: "Office;ProjectManagement",
    synopsis: "Plain sentences become Harvest time entries",
    syncDesktopName: true,
    extraFiles: [{ from: "build/packaging/linux/stint", to: "stint" }],
  },
  deb: {
    // Each target its own: what stood under "linux" would be overwritten for all of them by the last one that is made.
    desktop: quickEntry("/opt/Stint/stint-app"),
    packageCategory: "utils",
    afterInstall: "build/packaging/linux/after-install.tpl",
    afterRemove: "build/packaging/linux/after-remove.tpl",
    // The usual list lacks three: libx11-xcb1 is opened by name (without it Electron dies with a bare trap), libgbm1 and libasound2 are linked.
    depends: [
      "libgtk-3-0", "libnotify4", "libnss3", "libxss1", "libxtst6", "xdg-utils", "libatspi2.0-0", "libuuid1", "libsecret-1-0",
      "libgbm1", "libx11-xcb1", "libasound2 | libasound2t64",
    ],
    recommends: ["gnome-keyring | keepassxc | libkf5wallet-bin"],
    fpm: ["LICENSE=/usr/share/doc/stint/copyright"],
  },
  appImage: { desktop: quickEntry("AppRun") },
  win: {
    target: [{ target: "nsis" }],
    files: [...files, ...natives(["win-x64", "win-x64-vulkan"], "win32-x64")],
    icon: "build/icon.ico",
    extraFiles: [{ from: "build/packaging/windows/stint.cmd", to: "stint.cmd" }],
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    // Only an updater inside the app would need it.
    packElevateHelper: false,
    differentialPackage: false,
    installerLanguages: ["en_US"],
    artifactName: "${productName}-Setup-${version}.${ext}",
  },
};

export default config;
