import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { join } from "node:path";

/** Harvest allows 100 requests in 15 s (harvest-api §4); what is on its way may arrive closer together than it left. */
const ALLOWED = 90;
const WINDOW_MS = 15_000;
const BUCKET_MS = 60_000;
/** A stamp further ahead than this was written before the clock was set back. */
const AHEAD_MS = 2_000;

/** Lets requests go at a speed that Harvest bears. */
export interface Pace {
  /** Takes a place in the row and tells how many milliseconds it is away. */
  take(): number;
}

interface PaceOptions {
  readonly allowed?: number | undefined;
  readonly windowMs?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/**
 * When each stamped request may go: at once, but never more than `allowed` within a window. Everybody who reads the same stamps in the
 * same order comes to the same times, so nobody has to hold a lock.
 */
export function slotsOf(stamps: readonly number[], allowed = ALLOWED, windowMs = WINDOW_MS): readonly number[] {
  const slots: number[] = [];
  // Lines of several processes may stand a moment out of order; their places may not.
  for (const stamp of stamps) slots.push(Math.max(stamp, slots.at(-1) ?? 0, (slots[slots.length - allowed] ?? Number.NEGATIVE_INFINITY) + windowMs));
  return slots;
}

/** A pace that this process keeps for itself. */
export function createMemoryPace({ allowed = ALLOWED, windowMs = WINDOW_MS, now = () => performance.now() }: PaceOptions = {}): Pace {
  const slots: number[] = [];
  return {
    take() {
      const mine = Math.max(now(), (slots[slots.length - allowed] ?? Number.NEGATIVE_INFINITY) + windowMs);
      slots.push(mine);
      if (slots.length > allowed) slots.shift();
      return Math.max(0, mine - now());
    },
  };
}

interface Ticket {
  readonly at: number;
  readonly name: string;
}

function ticketsIn(file: string): readonly Ticket[] {
  try {
    const found = readFileSync(file, "utf8").matchAll(/^(\d{10,15}) ([0-9a-f-]{36})$/gm);
    return [...found].map(([, at, name]) => ({ at: Number(at), name: name ?? "" }));
  } catch {
    return [];
  }
}

function sweep(folder: string, keep: number): void {
  for (const name of readdirSync(folder)) {
    const bucket = /^(\d+)\.row$/.exec(name)?.[1];
    if (bucket !== undefined && Math.abs(Number(bucket) - keep) > 1) rmSync(join(folder, name), { force: true });
  }
}

/**
 * A pace that every process on this folder keeps together. Each request appends one short line (an append is whole or absent) and finds
 * its place among the lines before it; a process that dies leaves nothing behind but its line. Lines are kept by the minute and swept
 * two minutes later. Where the folder cannot be used, this process keeps the pace for itself; a clock that is set back forgets what
 * was before, and Harvest's own 429 still holds.
 */
export function createSharedPace(folder: string, options: PaceOptions = {}): Pace {
  const { allowed = ALLOWED, windowMs = WINDOW_MS, now = Date.now } = options;
  const alone = createMemoryPace({ allowed, windowMs });
  const swept = { bucket: -1 };
  const together = (): number => {
    const at = now();
    const bucket = Math.floor(at / BUCKET_MS);
    const file = (nth: number): string => join(folder, `${nth}.row`);
    const name = randomUUID();
    if (swept.bucket !== bucket) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      sweep(folder, bucket);
      swept.bucket = bucket;
    }
    // The line feed in front ends a line that a full disk or a crash has cut.
    appendFileSync(file(bucket), `\n${at} ${name}\n`, { mode: 0o600 });
    const row = [...ticketsIn(file(bucket - 1)), ...ticketsIn(file(bucket))].filter((ticket) => ticket.at <= at + AHEAD_MS);
    const mine = row.findIndex((ticket) => ticket.name === name);
    if (mine < 0) return alone.take();
    const slot = slotsOf(row.slice(0, mine + 1).map((ticket) => ticket.at), allowed, windowMs)[mine] ?? at;
    return Math.max(0, slot - at);
  };
  return {
    take() {
      try {
        return together();
      } catch {
        return alone.take();
      }
    },
  };
}
