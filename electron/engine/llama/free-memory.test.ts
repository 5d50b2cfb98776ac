import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { waitForMemory } from "./free-memory.ts";
import type { Free } from "./free-memory.ts";

const GB = 1e9;
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Looks at one reading after the other; the last one stays. */
async function waitThrough(readings: readonly Free[], before: Free, needed: number): Promise<{ free: Free; looks: number }> {
  let looks = 0;
  const done = waitForMemory(async () => readings[Math.min(looks++, readings.length - 1)] ?? before, before, needed);
  await vi.advanceTimersByTimeAsync(60_000);
  return { free: await done, looks };
}

test("does not wait for what is free already", async () => {
  expect(await waitThrough([{ vram: 11 * GB, ram: 20 * GB }], { vram: 11 * GB, ram: 20 * GB }, GB)).toEqual({ free: { vram: 11 * GB, ram: 20 * GB }, looks: 1 });
});

test("waits until graphics memory has come back, and gives what is free then", async () => {
  const readings = [2, 2, 5, 11].map((vram) => ({ vram: vram * GB, ram: 20 * GB }));
  expect(await waitThrough(readings, { vram: 11 * GB, ram: 20 * GB }, GB)).toEqual({ free: { vram: 11 * GB, ram: 20 * GB }, looks: 4 });
});

test("waits for system memory only when the next model needs it", async () => {
  const readings = [{ vram: 0, ram: 5 * GB }, { vram: 0, ram: 20 * GB }];
  expect((await waitThrough(readings, { vram: 0, ram: 20 * GB }, 4 * GB)).looks).toBe(1);
  expect((await waitThrough(readings, { vram: 0, ram: 20 * GB }, 8 * GB)).looks).toBe(2);
});

test("gives up when nothing more comes back: another program may have taken it", async () => {
  const { free, looks } = await waitThrough([{ vram: 6 * GB, ram: 20 * GB }], { vram: 11 * GB, ram: 20 * GB }, GB);
  expect(free.vram).toBe(6 * GB);
  expect(looks).toBe(9);
});
