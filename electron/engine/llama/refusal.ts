import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import type { Backend } from "../protocol.ts";

/** The computer as far as a graphics backend depends on it. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** True when a package of that name is part of this installation. */
  readonly hasPackage: (name: string) => boolean;
  /** True when a file whose name begins like this lies where the system's loader looks. */
  readonly hasLibrary: (beginning: string) => boolean;
}

/** Why a backend did not start: whichever of its parts is missing first, as one sentence. Looks at file names only. */
export function whyNotFound(backend: Backend, here: Surroundings = surroundings()): string {
  const windows = here.platform === "win32";
  const packages = backend === "cpu" ? ["x64"] : [`x64-${backend}`];
  if (!packages.some((name) => here.hasPackage(`@node-llama-cpp/${windows ? "win" : "linux"}-${name}`))) return "Its files are not part of this installation.";
  if (backend === "cuda") {
    if (!here.hasLibrary(windows ? "nvcuda.dll" : "libcuda.so")) return "No NVIDIA driver was found.";
    const runtime = windows ? ["cudart64_12", "cudart64_13"] : ["libcudart.so.12", "libcudart.so.13"];
    const blas = windows ? ["cublas64_12", "cublas64_13"] : ["libcublas.so.12", "libcublas.so.13"];
    if (!runtime.some(here.hasLibrary) || !blas.some(here.hasLibrary)) return "The CUDA runtime was not found; 12.4 or 13.1 or newer is needed.";
  }
  if (backend === "vulkan" && !here.hasLibrary(windows ? "vulkan-1.dll" : "libvulkan.so")) return "No Vulkan driver was found.";
  return "Its files are here, but it does not start on this computer.";
}

function surroundings(): Surroundings {
  const folders = process.platform === "win32" ? windowsFolders() : linuxFolders();
  return {
    platform: process.platform,
    hasPackage: (name) => isInstalled(name),
    hasLibrary: (beginning) => folders.some((folder) => filesIn(folder).some((file) => file.toLowerCase().startsWith(beginning))),
  };
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch (error) {
    // A package without a main module is there all the same; one that is not there has another code.
    return error instanceof Error && "code" in error && error.code !== "MODULE_NOT_FOUND";
  }
}

function windowsFolders(): readonly string[] {
  const { SystemRoot = "C:\\Windows", PATH = "", CUDA_PATH } = process.env;
  const cuda = CUDA_PATH === undefined ? [] : [join(CUDA_PATH, "bin"), join(CUDA_PATH, "bin", "x64")];
  return [join(SystemRoot, "System32"), ...cuda, ...PATH.split(delimiter)];
}

function linuxFolders(): readonly string[] {
  const versions = filesIn("/usr/local").filter((name) => name.startsWith("cuda")).flatMap((name) => [`/usr/local/${name}/lib64`, `/usr/local/${name}/targets/x86_64-linux/lib`]);
  return [...(process.env.LD_LIBRARY_PATH ?? "").split(delimiter), "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/lib/x86_64-linux-gnu", ...versions];
}

function filesIn(folder: string): readonly string[] {
  try {
    return folder !== "" && existsSync(folder) ? readdirSync(folder) : [];
  } catch {
    return [];
  }
}
