import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { freemem, totalmem } from "node:os";

/** What a plan may use on this computer, in bytes. `card` absent: no graphics memory could be read, which is not to say that there is none. */
export interface Hardware {
  readonly ramTotal: number;
  readonly ramFree: number;
  readonly card: { readonly name: string; readonly total: number; readonly free: number } | undefined;
}

/** How a computer is looked at; the parts can be replaced in tests. */
export interface HardwareSources {
  /** The output of a program, undefined when it is not there or fails. */
  readonly run: (program: string, args: readonly string[]) => Promise<string | undefined>;
  /** Names in a folder and the text of a file; empty when they are not there. */
  readonly list: (folder: string) => Promise<readonly string[]>;
  readonly read: (file: string) => Promise<string | undefined>;
  readonly ram: () => { readonly total: number; readonly free: number };
}

const MIB = 1024 * 1024;
const CARDS = "/sys/class/drm";

/**
 * Reads memory without loading any graphics library: NVIDIA's own program, else what the kernel says about AMD cards. Of several cards
 * the one with most free memory counts, since a model is put on one.
 */
export async function readHardware(sources: HardwareSources = ofThisComputer()): Promise<Hardware> {
  const cards = [...(await nvidiaCards(sources)), ...(await amdCards(sources))];
  const [first, ...rest] = cards;
  const card = first === undefined ? undefined : rest.reduce((best, each) => (each.free > best.free ? each : best), first);
  const { total, free } = sources.ram();
  return { ramTotal: total, ramFree: free, card };
}

type Card = NonNullable<Hardware["card"]>;

async function nvidiaCards({ run }: HardwareSources): Promise<readonly Card[]> {
  const text = await run("nvidia-smi", ["--query-gpu=name,memory.total,memory.free", "--format=csv,noheader,nounits"]);
  return (text ?? "").split("\n").flatMap((line) => {
    const [name, total, free] = line.split(",").map((cell) => cell.trim());
    const [all, left] = [Number(total), Number(free)];
    return name === undefined || !(all > 0) || !(left >= 0) ? [] : [{ name, total: all * MIB, free: left * MIB }];
  });
}

async function amdCards({ list, read }: HardwareSources): Promise<readonly Card[]> {
  const names = (await list(CARDS)).filter((name) => /^card\d+$/.test(name));
  const cards = await Promise.all(
    names.map(async (name): Promise<readonly Card[]> => {
      const number = async (file: string): Promise<number> => Number((await read(`${CARDS}/${name}/device/${file}`)) ?? Number.NaN);
      const [total, used] = [await number("mem_info_vram_total"), await number("mem_info_vram_used")];
      return total > 0 && used >= 0 ? [{ name: "AMD graphics card", total, free: Math.max(0, total - used) }] : [];
    }),
  );
  return cards.flat();
}

function ofThisComputer(): HardwareSources {
  return {
    run: (program, args) =>
      new Promise((resolve) => {
        execFile(program, args, { timeout: 3_000, windowsHide: true, maxBuffer: 64 * 1024 }, (error, stdout) => resolve(error === null ? stdout : undefined));
      }),
    list: (folder) => readdir(folder).catch(() => []),
    read: (file) => readFile(file, "utf8").catch(() => undefined),
    ram: () => ({ total: totalmem(), free: freemem() }),
  };
}
