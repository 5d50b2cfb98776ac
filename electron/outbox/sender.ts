import { join } from "node:path";
import { takeLock } from "./lock.ts";
import type { Round } from "./queue.ts";

/** Runs `act` after `ms` milliseconds, unless the function that it returns is called before. `idle`: it keeps no process alive. */
export type After = (ms: number, act: () => void, idle?: "idle") => () => void;

/** The computer's own timer. */
export const afterReal: After = (ms, act, idle) => {
  const timer = setTimeout(act, ms);
  if (idle) timer.unref();
  return () => clearTimeout(timer);
};

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;
const LOCK_WAIT_MS = 5_000;

/** How long to wait before try number `tries` (from 0): twice as long each time up to five minutes, spread so that many do not come at once. */
export function backoffMs(tries: number, random: number, retryAfterSec = 0): number {
  const most = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(tries, 20));
  return Math.max(retryAfterSec * 1000, Math.round(most * (0.5 + random / 2)));
}

export interface SenderOptions {
  readonly folder: string;
  readonly sleep: (ms: number) => Promise<void>;
  readonly after: After;
  readonly random: () => number;
  readonly lockWaitMs?: number | undefined;
  /** Sends what waits. Only ever one at a time, in this process and on this folder. */
  readonly send: () => Promise<Round>;
  readonly waiting: () => number;
}

/** The one who sends: one round at a time on this folder, whichever process asked, and again later for what did not get through. */
export interface Sender {
  /** A round that begins after now. Undefined: another process is sending, and will find what waits. */
  round(): Promise<Round | undefined>;
  /** Runs `body` while nobody sends; `busy` when that does not come about within `waitMs`. */
  alone<T>(waitMs: number, body: () => Promise<T>): Promise<T | { readonly kind: "busy" }>;
  /** True from `close` on. */
  isClosing(): boolean;
  /** Starts nothing more. Ends once the round that runs now ended, or after `waitMs`. */
  close(waitMs: number): Promise<void>;
}

/** A sender for one folder. */
export function createSender(options: SenderOptions): Sender {
  const { folder, sleep, after, random, lockWaitMs = LOCK_WAIT_MS } = options;
  const held = { closing: false, tries: 0, cancel: (): void => undefined };
  let turn: Promise<unknown> = Promise.resolve();
  let next: Promise<Round | undefined> | undefined;

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = turn.then(act);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const underLock = async <T>(waitMs: number, body: () => Promise<T>): Promise<T | { readonly kind: "busy" }> => {
    const lock = await takeLock(join(folder, "sending"), waitMs, sleep);
    if (lock.kind !== "held") return { kind: "busy" };
    try {
      return await body();
    } finally {
      await lock.release();
    }
  };
  const plan = (retryAfterSec: number | undefined): void => {
    held.cancel();
    if (held.closing || options.waiting() === 0) {
      held.tries = 0;
      return;
    }
    // A round of the clock finds its own failures told in the journal and in the next state; nobody listens here.
    held.cancel = after(backoffMs(held.tries, random(), retryAfterSec), () => void round().catch(() => undefined), "idle");
    held.tries += 1;
  };
  const runRound = async (): Promise<Round | undefined> => {
    next = undefined;
    if (held.closing) return undefined;
    held.cancel();
    const done = await underLock(lockWaitMs, options.send);
    const ended = "kind" in done ? undefined : done;
    if (ended && ended.sent > 0) held.tries = 0;
    plan(ended?.wait?.retryAfterSec);
    return ended;
  };
  const round = (): Promise<Round | undefined> => {
    next ??= inTurn(runRound);
    return next;
  };

  return {
    round,
    alone: async (waitMs, body) => {
      const given = { up: false };
      const mine = inTurn(async () => (given.up ? ({ kind: "busy" } as const) : underLock(waitMs, body)));
      const started = new Promise<{ readonly kind: "busy" }>((resolve) => {
        const cancel = after(waitMs, () => {
          given.up = true;
          resolve({ kind: "busy" });
        });
        void turn.then(cancel, cancel);
      });
      return Promise.race([mine, started]);
    },
    isClosing: () => held.closing,
    close: async (waitMs) => {
      held.closing = true;
      held.cancel();
      await Promise.race([turn, new Promise<void>((resolve) => void turn.then(after(waitMs, resolve)))]);
    },
  };
}
