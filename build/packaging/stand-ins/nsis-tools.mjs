import { chmodSync, copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capture } from "../../lib/run.mjs";
import { findProgram } from "../system-tools.mjs";

/** Plugins of electron-builder's installer that Debian's NSIS lacks, with the calls that its scripts make. Each stub exports them and does nothing. */
const plugins = {
  nsis7z: ["Extract", "ExtractWithDetails", "ExtractWithCallback"],
  SpiderBanner: ["Show", "Destroy"],
  UAC: ["_"],
  WinShell: ["SetLnkAUMI", "UninstAppUserModelId", "UninstShortcut"],
  inetc: ["get", "post", "head", "put"],
  nsProcess: ["_FindProcess", "_KillProcess", "_CloseProcess", "_Unload"],
  nsisunz: ["Unzip", "UnzipToLog", "UnzipToStack"],
  StdUtils: [
    "AppendToFile", "ExecShellAsUser", "ExecShellWaitEx", "FormatStr", "FormatStr2", "FormatStr3", "GetAllParameters", "GetDays", "GetDirectoryPart",
    "GetDrivePart", "GetExtensionPart", "GetFileNamePart", "GetHours", "GetLibVersion", "GetMinutes", "GetOsEdition", "GetOsReleaseId", "GetParameter",
    "GetParentPath", "GetRealOsBuildNo", "GetRealOsName", "GetRealOsVersion", "HashFile", "HashText", "InvokeShellVerb", "NormalizePath", "ParameterCnt",
    "ParameterStr", "ProtectStr", "Rand", "RandBytes", "RandList", "RandMax", "RandMinMax", "RevStr", "SHFileCopy", "SHFileMove", "ScanStr", "ScanStr2",
    "ScanStr3", "SetVerboseMode", "SplitPath", "StrFromUtf8", "StrToUtf8", "TestParameter", "Time", "TimerCreate", "TimerDestroy", "TrimStr",
    "TrimStrLeft", "TrimStrRight", "UnprotectStr", "ValidDomainName", "ValidFileName", "ValidPathSpec", "VerifyRealOsBuildNo", "VerifyRealOsVersion",
    "WaitForProcEx",
  ],
};

function pluginSource(calls) {
  const lines = calls.map((name) => `__declspec(dllexport) void __cdecl ${name}(HWND window, int size, void *variables, void *stack, void *extra) {}`);
  return `#include <windows.h>\n${lines.join("\n")}\nBOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved) { return TRUE; }\n`;
}

async function compile(compiler, args) {
  const { code, out } = await capture(compiler, args);
  if (code !== 0) throw new Error(`${compiler}: ${out.trim().slice(0, 400)}`);
}

/**
 * Lays out three folders as electron-builder's own NSIS, NSIS plugins and wine downloads are: Debian's makensis and its data, stub plugins, and
 * a program that takes wine's one task. Returns the environment that points there. An installer made this way is complete but cannot install.
 */
export async function makeNsisTools(folder) {
  rmSync(folder, { recursive: true, force: true });
  const [nsis, resources, wine] = ["nsis", "resources", "wine"].map((name) => join(folder, name));
  mkdirSync(join(nsis, "linux"), { recursive: true });
  symlinkSync(findProgram("makensis"), join(nsis, "linux/makensis"));
  for (const name of ["Bin", "Contrib", "Include", "Plugins", "Stubs"]) symlinkSync(join("/usr/share/nsis", name), join(nsis, name));
  const stubs = join(resources, "plugins/x86-unicode");
  mkdirSync(stubs, { recursive: true });
  for (const [name, calls] of Object.entries(plugins)) {
    const source = join(folder, `${name}.c`);
    writeFileSync(source, pluginSource(calls));
    await compile("i686-w64-mingw32-gcc", ["-shared", "-Os", "-s", "-o", join(stubs, `${name}.dll`), source]);
  }
  for (const name of ["bin", "lib", "wine-home"]) mkdirSync(join(wine, name), { recursive: true });
  copyFileSync(new URL("write-uninstaller.mjs", import.meta.url), join(wine, "bin/wine"));
  writeFileSync(join(wine, "package.json"), JSON.stringify({ type: "module" }));
  chmodSync(join(wine, "bin/wine"), 0o755);
  return { ELECTRON_BUILDER_NSIS_DIR: nsis, ELECTRON_BUILDER_NSIS_RESOURCES_DIR: resources, ELECTRON_BUILDER_WINE_TOOLSET_DIR: wine };
}
