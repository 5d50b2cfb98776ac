import { existsSync, readdirSync } from "node:fs";

/** Mesa's Vulkan on the processor: a graphics card for tests on machines without one. Undefined when it is there, else why nothing was run. */
export function softwareVulkan(): string | undefined {
  if (process.platform !== "linux") return "software Vulkan is only set up for Linux";
  const folder = "/usr/share/vulkan/icd.d";
  const isThere = existsSync(folder) && readdirSync(folder).some((name) => name.startsWith("lvp_icd"));
  return isThere ? undefined : "the system package mesa-vulkan-drivers is not installed";
}

/** llama.cpp passes over devices that are no graphics cards unless one is named. */
export const VULKAN_ENV = { GGML_VK_VISIBLE_DEVICES: "0" } as const;
