import type { Opened } from "./backend.ts";

/** Bytes that are free now. `vram` is 0 without a graphics device. */
export interface Free {
  readonly vram: number;
  readonly ram: number;
}

export async function freeMemory({ native, backend }: Opened): Promise<Free> {
  const ram = (await native.getRamState()).free;
  return backend === "cpu" ? { vram: 0, ram } : { vram: (await native.getVramState()).free, ram };
}

const LOOK_MS = 40;
const LOOKS = 75;
/** A look that finds this little more than the one before counts as no change. */
const STILL = 16 * 1024 * 1024;

/**
 * Looks at the free memory until as much is free as `before` the unloaded model came, or until nothing more comes back for a while:
 * another program may have taken it. System memory is only waited for when `needed` bytes are not free yet. Gives the last look.
 */
export async function waitForMemory(look: () => Promise<Free>, before: Free, needed: number): Promise<Free> {
  const isBack = (free: Free): boolean => free.vram >= before.vram - 4 * STILL && (free.ram >= needed || free.ram >= before.ram - 4 * STILL);
  let free = await look();
  let still = 0;
  for (let i = 0; i < LOOKS && still < 8 && !isBack(free); i += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const next = await look();
    still = next.vram > free.vram + STILL || next.ram > free.ram + STILL ? 0 : still + 1;
    free = next;
  }
  return free;
}
