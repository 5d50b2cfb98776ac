import { parseArgs } from "node:util";

export const USAGE = `npm run package -- [--win] [--dir] [--linux-targets deb,AppImage,tar.gz] [--fast] [--release]

  (nothing)        on Linux: the unpacked app, a .deb, an AppImage and a .tar.gz, in release/
  --win            the Windows installer (on Windows this is the default)
  --dir            only the unpacked app
  --linux-targets  only some of deb, AppImage, tar.gz
  --fast           lightest compression: larger files, made in a fraction of the time
  --release        refuses to run when any part would be a stand-in
`;

const linuxTargets = ["deb", "AppImage", "tar.gz"];

/**
 * Reads the command line of `npm run package`. `wrong` carries one sentence; `go` says what to build: `platform` is "linux" or "windows",
 * `targets` the installers (empty with --dir).
 */
export function parseOptions(argv, host = process.platform) {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: { win: { type: "boolean" }, dir: { type: "boolean" }, fast: { type: "boolean" }, release: { type: "boolean" }, help: { type: "boolean", short: "h" }, "linux-targets": { type: "string" } },
    }));
  } catch (error) {
    return { kind: "wrong", message: error.message.split(". ")[0] };
  }
  if (values.help) return { kind: "help" };
  const platform = values.win || host === "win32" ? "windows" : "linux";
  if (platform === "linux" && host !== "linux") return { kind: "wrong", message: "Packages for Linux are made on Linux, those for Windows on Windows or Linux." };
  const named = values["linux-targets"]?.split(",").filter(Boolean);
  if (named && platform === "windows") return { kind: "wrong", message: "--linux-targets is for Linux." };
  const unknown = named?.find((name) => !linuxTargets.includes(name));
  if (unknown) return { kind: "wrong", message: `"${unknown}" is none of ${linuxTargets.join(", ")}.` };
  const all = platform === "windows" ? ["nsis"] : (named ?? linuxTargets);
  return { kind: "go", platform, targets: values.dir ? [] : all, fast: values.fast ?? false, release: values.release ?? false };
}
