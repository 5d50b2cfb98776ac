import { expect, test } from "vitest";
import { whyNotFound } from "./refusal.ts";
import type { Surroundings } from "./refusal.ts";

const here = (platform: NodeJS.Platform, packages: readonly string[], libraries: readonly string[]): Surroundings => ({
  platform,
  hasPackage: (name) => packages.includes(name),
  hasLibrary: (beginning) => libraries.some((name) => name.startsWith(beginning)),
});
const CUDA = "@node-llama-cpp/linux-x64-cuda";
const WIN_CUDA = "@node-llama-cpp/win-x64-cuda";

test.each([
  ["Its files are not part of this installation.", here("linux", [], ["libcuda.so.1"])],
  ["No NVIDIA driver was found.", here("linux", [CUDA], ["libcudart.so.12", "libcublas.so.12"])],
  ["The CUDA runtime was not found; 12.4 or 13.1 or newer is needed.", here("linux", [CUDA], ["libcuda.so.1"])],
  ["The CUDA runtime was not found; 12.4 or 13.1 or newer is needed.", here("linux", [CUDA], ["libcuda.so.1", "libcudart.so.12"])],
  ["Its files are here, but it does not start on this computer.", here("linux", [CUDA], ["libcuda.so.1", "libcudart.so.13", "libcublas.so.13"])],
  ["No NVIDIA driver was found.", here("win32", [WIN_CUDA], [])],
  ["The CUDA runtime was not found; 12.4 or 13.1 or newer is needed.", here("win32", [WIN_CUDA], ["nvcuda.dll"])],
  ["Its files are here, but it does not start on this computer.", here("win32", [WIN_CUDA], ["nvcuda.dll", "cudart64_12.dll", "cublas64_12.dll"])],
])("CUDA: %s", (reason, surroundings) => {
  expect(whyNotFound("cuda", surroundings)).toBe(reason);
});

test.each([
  ["Its files are not part of this installation.", here("linux", [], ["libvulkan.so.1"])],
  ["No Vulkan driver was found.", here("linux", ["@node-llama-cpp/linux-x64-vulkan"], [])],
  ["No Vulkan driver was found.", here("win32", ["@node-llama-cpp/win-x64-vulkan"], [])],
  ["Its files are here, but it does not start on this computer.", here("linux", ["@node-llama-cpp/linux-x64-vulkan"], ["libvulkan.so.1"])],
])("Vulkan: %s", (reason, surroundings) => {
  expect(whyNotFound("vulkan", surroundings)).toBe(reason);
});
