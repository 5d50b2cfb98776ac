/**
 * How an engine process ended. `hung`: we ended it because it did not answer. `killed`: somebody else did, or the system for want of
 * memory. `aborted`: the native library gave up. `crashed`: it did something that the system forbids. `message` may be shown.
 */
export interface Ending {
  readonly kind: "not-started" | "hung" | "killed" | "aborted" | "crashed" | "ended";
  readonly message: string;
}

const MESSAGES: Readonly<Record<Ending["kind"], string>> = {
  "not-started": "The part of Stint that runs models could not be started.",
  hung: "The model did not answer any more and was stopped.",
  killed: "The model stopped: memory ran out, or its process was ended from outside.",
  aborted: "The model stopped: the library that runs it gave up.",
  crashed: "The model stopped: the library that runs it crashed.",
  ended: "The model stopped.",
};

export function ending(kind: Ending["kind"]): Ending {
  return { kind, message: MESSAGES[kind] };
}

const SIGNALS: ReadonlyMap<string, Ending["kind"]> = new Map([
  ["SIGKILL", "killed"],
  ["SIGTERM", "killed"],
  ["SIGABRT", "aborted"],
  ["SIGTRAP", "aborted"],
  ["SIGSEGV", "crashed"],
  ["SIGBUS", "crashed"],
  ["SIGILL", "crashed"],
  ["SIGFPE", "crashed"],
]);
/** Signal numbers, which Electron reports bare or with the bit that says a core was written, and shells with 128 added. */
const NUMBERS: ReadonlyMap<number, Ending["kind"]> = new Map([[9, "killed"], [15, "killed"], [6, "aborted"], [5, "aborted"], [11, "crashed"], [7, "crashed"], [4, "crashed"], [8, "crashed"]]);
/** Windows: access violation, illegal instruction, stack overflow; abort(), and the fast fail it uses since 2015. */
const WINDOWS: ReadonlyMap<number, Ending["kind"]> = new Map([[0xc0000005, "crashed"], [0xc000001d, "crashed"], [0xc00000fd, "crashed"], [3, "aborted"], [0xc0000409, "aborted"], [0xc0000017, "killed"]]);

/** Reads what the system says about an end that was not asked for. */
export function endingOf(code: number | undefined, signal: string | undefined, platform: string = process.platform): Ending {
  const named = signal === undefined ? undefined : SIGNALS.get(signal);
  if (named !== undefined) return ending(named);
  if (code === undefined) return ending("ended");
  const kind = platform === "win32" ? WINDOWS.get(code >>> 0) : NUMBERS.get(code & 0x7f);
  return ending(kind ?? "ended");
}
