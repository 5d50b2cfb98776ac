import type { Child, SpawnChild } from "../child/child.ts";
import { ending, endingOf } from "./ending.ts";
import type { Ending } from "./ending.ts";
import { fromEngine, PROTOCOL } from "./protocol.ts";
import type { FromEngine, ToEngine } from "./protocol.ts";
import type { EngineState } from "./state.ts";

/** A request without its id, which the connection gives it. */
export type Ask = ToEngine extends infer M ? (M extends { readonly id: number } ? Omit<M, "id"> : never) : never;

/** The one answer to a request. A process that ended gives `failed` with code "stopped" to everything that was open. */
export type Answer = Extract<FromEngine, { readonly type: "loaded" | "evicted" | "done" | "prepared" | "hardware" | "failed" | "state" }>;

/** One engine process, from its start to its end. It never comes back: the next one is a new connection. */
export interface Connection {
  /** True once the process has said hello in our protocol; false when it ended before, or speaks another one. */
  readonly ready: Promise<boolean>;
  /** Sends a request; `id` names it for `cancel`. `answer` always resolves. */
  ask(message: Ask): { readonly id: number; readonly answer: Promise<Answer> };
  cancel(target: number): void;
  /** Ends the process at once; open requests are answered with the sentence for `as`, by default "ended". */
  kill(as?: Ending["kind"]): void;
  /** Resolves when the process is gone, with how it went. */
  readonly ended: Promise<Ending>;
  readonly pid: number | undefined;
}

/** Milliseconds. The process must say hello within `startMs`, and is ended when it leaves `missed` heartbeats unanswered in a row. */
export interface Patience {
  readonly startMs: number;
  readonly beatMs: number;
  readonly missed: number;
}

export interface ConnectionOptions {
  readonly spawn: SpawnChild;
  readonly patience: Patience;
  readonly onState: (state: EngineState) => void;
  readonly log: (line: string) => void;
}

/** Starts an engine process and watches it. Counting missed heartbeats instead of time keeps a laptop's sleep from looking like a hang. */
export function openConnection(options: ConnectionOptions): Connection {
  const { patience, log } = options;
  const open = new Map<number, (answer: Answer) => void>();
  const memo: { nextId: number; over?: Ending; asked?: Ending; greeted: boolean; missed: number } = { nextId: 1, greeted: false, missed: 0 };
  let greet: (ready: boolean) => void = () => undefined;
  let finish: (how: Ending) => void = () => undefined;
  const ready = new Promise<boolean>((resolve) => (greet = resolve));
  const ended = new Promise<Ending>((resolve) => (finish = resolve));
  const child = spawnSafely(options.spawn, log);

  const kill = (why: string, as: Ending["kind"]): void => {
    if (memo.over === undefined && why !== "") log(why);
    memo.asked ??= ending(as);
    if (child === undefined) onExit(undefined);
    else child.kill();
  };
  const ask = (message: Ask): { id: number; answer: Promise<Answer> } => {
    const id = memo.nextId++;
    const answer = new Promise<Answer>((resolve) => {
      if (memo.over !== undefined) return resolve({ type: "failed", id, code: "stopped", message: memo.over.message });
      open.set(id, resolve);
      child?.post({ ...message, id } satisfies ToEngine);
    });
    return { id, answer };
  };
  const beat = (): void => {
    memo.missed += 1;
    if (memo.missed > patience.missed) return kill("The engine process does not answer; it is ended.", "hung");
    void ask({ type: "status" }).answer.then(() => (memo.missed = 0));
  };
  const starting = setTimeout(() => kill("The engine process did not start in time; it is ended.", "not-started"), patience.startMs);
  const beating = setInterval(beat, patience.beatMs);
  beating.unref();

  const onExit = (code: number | undefined, signal?: string): void => {
    if (memo.over !== undefined) return;
    const over = memo.asked ?? (memo.greeted ? endingOf(code, signal) : ending("not-started"));
    memo.over = over;
    clearTimeout(starting);
    clearInterval(beating);
    log(`The engine process ended (${over.kind}, ${signal ?? `code ${code ?? "unknown"}`}).`);
    // The end is told before the answers, so that whoever hears "stopped" and asks again already finds the process gone.
    finish(over);
    greet(false);
    for (const [id, resolve] of open) resolve({ type: "failed", id, code: "stopped", message: over.message });
    open.clear();
  };
  const onMessage = (raw: unknown): void => {
    const parsed = fromEngine.safeParse(raw);
    if (!parsed.success) return log("The engine process said something of an unknown shape.");
    const message = parsed.data;
    if (message.type === "hello") {
      clearTimeout(starting);
      if (message.protocol !== PROTOCOL) return kill("The engine process belongs to another version of Stint; it is ended.", "not-started");
      memo.greeted = true;
      return greet(true);
    }
    if (message.type === "progress") return;
    if (message.type === "state" && message.id === undefined) return options.onState(message.state);
    const resolve = message.id === undefined ? undefined : open.get(message.id);
    if (resolve === undefined || message.id === undefined) return;
    open.delete(message.id);
    resolve(message);
  };
  child?.onMessage(onMessage);
  child?.onExit(onExit);
  if (child === undefined) queueMicrotask(() => onExit(undefined));
  return { ready, ask, cancel: (target) => child?.post({ type: "cancel", target } satisfies ToEngine), kill: (as = "ended") => kill("", as), ended, pid: child?.pid };
}

/** A program that cannot even be started is reported like one that ended at once. */
function spawnSafely(spawn: SpawnChild, log: (line: string) => void): Child | undefined {
  try {
    return spawn();
  } catch {
    log("The engine process could not be started.");
    return undefined;
  }
}
