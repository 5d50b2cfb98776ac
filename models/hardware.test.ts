import { describe, expect, test } from "vitest";
import { readHardware } from "./hardware.ts";
import type { HardwareSources } from "./hardware.ts";

const MIB = 1024 * 1024;
const bare: HardwareSources = { run: async () => undefined, list: async () => [], read: async () => undefined, ram: () => ({ total: 32, free: 20 }) };

describe("the hardware", () => {
  test("is memory alone where no card can be read", async () => {
    expect(await readHardware(bare)).toEqual({ ramTotal: 32, ramFree: 20, card: undefined });
  });

  test("is the card with most free memory", async () => {
    const run = async (): Promise<string> => "NVIDIA GeForce RTX 3060, 12288, 900\nNVIDIA GeForce GTX 1080, 8192, 7900\n";
    expect((await readHardware({ ...bare, run })).card).toEqual({ name: "NVIDIA GeForce GTX 1080", total: 8192 * MIB, free: 7900 * MIB });
  });

  test.each(["", "NVIDIA-SMI has failed because it couldn't communicate with the driver.", "RTX, [N/A], [N/A]", ",,,\n"])("believes nothing that is no number: %s", async (text) => {
    expect((await readHardware({ ...bare, run: async () => text })).card).toBeUndefined();
  });

  test("is what the kernel says about an AMD card", async () => {
    const files: Record<string, string> = { "/sys/class/drm/card1/device/mem_info_vram_total": "8573157376\n", "/sys/class/drm/card1/device/mem_info_vram_used": "573157376\n" };
    const sources = { ...bare, list: async () => ["card0", "card1", "card1-DP-1", "renderD128"], read: async (file: string) => files[file] };
    expect((await readHardware(sources)).card).toEqual({ name: "AMD graphics card", total: 8_573_157_376, free: 8_000_000_000 });
  });

  test("of this very computer can be read", async () => {
    const { ramTotal, ramFree } = await readHardware();
    expect(ramFree).toBeGreaterThan(0);
    expect(ramTotal).toBeGreaterThanOrEqual(ramFree);
  });
});
