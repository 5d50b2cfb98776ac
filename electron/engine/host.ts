import type { Cancel, Completion, CompletionRequest, LanguageModel, ModelFailureCode } from "../agent/model.ts";
import type { SpawnChild } from "../child/child.ts";
import { openConnection, STOPPED } from "./connection.ts";
import type { Answer, Connection, Patience } from "./connection.ts";
import type { BackendRefusal, LoadOptions } from "./protocol.ts";
import type { EngineMemory, EngineState } from "./state.ts";

export interface EngineHostOptions {
  readonly spawn: SpawnChild;
  readonly onState: (state: EngineState) => void;
  readonly log?: ((line: string) => void) | undefined;
  /** Minutes without a request after which the model leaves memory; 0 keeps it. The next request loads it again. Default 15. */
  readonly idleMinutes?: number | undefined;
  /** How models are loaded. Default: the best backend that works, 4096 tokens. */
  readonly load?: LoadOptions | undefined;
  readonly patience?: Patience | undefined;
  /** Milliseconds to wait before the second, third, … start after the process ended unasked; the last one repeats. */
  readonly backOffMs?: readonly number[] | undefined;
  /** Milliseconds that a given-up request or an unload may take before the process is ended. */
  readonly graceMs?: number | undefined;
}

/** `refused` says which faster backends were tried and why they could not be used. */
export type LoadResult =
  | { readonly kind: "loaded"; readonly memory: EngineMemory; readonly refused: readonly BackendRefusal[] }
  | { readonly kind: "failed"; readonly code: ModelFailureCode; readonly message: string };

/** The owner of the engine process: starts it when it is needed, survives its end, never throws for an expected failure. */
export interface EngineHost {
  state(): EngineState;
  /** Makes `path` the model under the name `id`, in place of any other. */
  load(path: string, id: string): Promise<LoadResult>;
  /** Takes the model out of memory and forgets it: later requests are answered "no-model" until the next load. */
  unload(): Promise<void>;
  /** Answers under the request's own time limit, a reload after a crash or after idling included. */
  readonly model: LanguageModel;
  setIdleMinutes(minutes: number): void;
  /** The engine's process id while one runs. */
  pid(): number | undefined;
  /** Ends the process; open requests are answered "stopped". The host cannot be used afterwards. */
  stop(): Promise<void>;
}

const DEFAULT_LOAD: LoadOptions = { backends: ["cuda", "vulkan", "cpu"], contextTokens: 4096 };
const DEFAULT_PATIENCE: Patience = { startMs: 30_000, beatMs: 5_000, missed: 4 };
const DEFAULT_BACK_OFF = [0, 1_000, 5_000, 15_000, 60_000];

interface Wanted {
  readonly model: string;
  readonly path: string;
}
type Brought = { readonly kind: "here"; readonly connection: Connection; readonly loaded: LoadResult & { kind: "loaded" } } | (LoadResult & { kind: "failed" });

/** Starts nothing by itself: the process begins with the first load or request. Electron is not known here; the app passes `spawn`. */
export function createEngineHost(options: EngineHostOptions): EngineHost {
  const host = new Host(options);
  return {
    state: () => host.state,
    load: (path, id) => host.load({ model: id, path }),
    unload: () => host.unload(),
    model: { complete: (request, cancel) => host.complete(request, cancel) },
    setIdleMinutes: (minutes) => host.setIdleMinutes(minutes),
    pid: () => host.connection?.pid,
    stop: () => host.stop(),
  };
}

class Host {
  state: EngineState = { kind: "absent" };
  connection: Connection | undefined;
  readonly #options: EngineHostOptions;
  #idleMinutes: number;
  /** The model that requests are for. Kept over a crash and over idling, so that it comes back by itself. */
  #wanted: Wanted | undefined;
  #bringing: { readonly wanted: Wanted; readonly brought: Promise<Brought> } | undefined;
  #opening: Promise<Connection | undefined> | undefined;
  /** Ends in a row without an answered request in between. */
  #crashes = 0;
  #busy = 0;
  #idle: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#idleMinutes = options.idleMinutes ?? 15;
  }

  setIdleMinutes(minutes: number): void {
    this.#idleMinutes = minutes;
    this.#rest();
  }

  async load(wanted: Wanted): Promise<LoadResult> {
    const same = this.#wanted?.model === wanted.model && this.#wanted.path === wanted.path;
    if (!same) this.#wanted = wanted;
    const brought = await this.#use(() => this.#bring());
    return brought.kind === "here" ? brought.loaded : brought;
  }

  async unload(): Promise<void> {
    this.#wanted = undefined;
    await this.#evict();
  }

  async complete(request: CompletionRequest, cancel: Cancel): Promise<Completion> {
    if (cancel.aborted) return failed("cancelled", "Cancelled.");
    return this.#use(
      () =>
        new Promise<Completion>((resolve) => {
          let given = false;
          let running: { connection: Connection; id: number; answer: Promise<Answer> } | undefined;
          const settle = (completion: Completion): void => {
            clearTimeout(timer);
            cancel.removeEventListener("abort", onAbort);
            resolve(completion);
          };
          const giveUp = (completion: Completion): void => {
            if (running !== undefined) this.#giveUp(running.connection, running.id, running.answer);
            running = undefined;
            given = true;
            settle(completion);
          };
          const onAbort = (): void => giveUp(failed("cancelled", "Cancelled."));
          const timer = setTimeout(() => giveUp(failed("timeout", "The model took too long.")), request.timeoutMs);
          cancel.addEventListener("abort", onAbort);
          void this.#bring().then(async (brought) => {
            if (given) return;
            if (brought.kind === "failed") return settle(brought);
            running = { connection: brought.connection, ...brought.connection.ask({ type: "complete", request: { ...request } }) };
            const answer = await running.answer;
            if (given) return;
            if (answer.type === "done") this.#crashes = 0;
            settle(answer.type === "done" ? answer.completion : answer.type === "failed" ? failed(answer.code, answer.message) : failed("failed", "The model could not answer."));
          });
        }),
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wanted = undefined;
    clearTimeout(this.#idle);
    const connection = this.connection;
    connection?.kill();
    await connection?.ended;
    this.#show({ kind: "absent" });
  }

  /** The wanted model in a living process, by starting and loading whatever is missing. */
  #bring(): Promise<Brought> {
    const wanted = this.#wanted;
    if (wanted === undefined) return Promise.resolve(failed("no-model", this.state.kind === "failed" ? this.state.message : "No model is loaded."));
    if (this.#bringing?.wanted === wanted) return this.#bringing.brought;
    const brought = this.#loadInto(wanted);
    const bringing = { wanted, brought };
    this.#bringing = bringing;
    // Kept while the process lives and the model stays: every later request finds it in place without asking again.
    void brought.then((result) => {
      if (result.kind === "failed" && this.#bringing === bringing) this.#bringing = undefined;
    });
    return brought;
  }

  async #loadInto(wanted: Wanted): Promise<Brought> {
    const connection = await this.#connect();
    if (connection === undefined) return failed("stopped", STOPPED);
    if (this.#wanted !== wanted) return failed("cancelled", "Another model was chosen.");
    const answer = await connection.ask({ type: "load", ...wanted, options: this.#options.load ?? DEFAULT_LOAD }).answer;
    if (answer.type === "loaded") return { kind: "here", connection, loaded: { kind: "loaded", memory: answer.memory, refused: answer.refused } };
    const failure = answer.type === "failed" ? failed(answer.code, answer.message) : failed("failed", "The model could not be loaded.");
    // A file that was refused once is not tried again for every sentence; a crash may be worth another try.
    if (failure.code === "failed" && this.#wanted === wanted) this.#wanted = undefined;
    return failure;
  }

  #connect(): Promise<Connection | undefined> {
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #open(): Promise<Connection | undefined> {
    if (this.connection !== undefined) return this.connection;
    const backOff = this.#options.backOffMs ?? DEFAULT_BACK_OFF;
    const wait = this.#crashes === 0 ? 0 : (backOff[Math.min(this.#crashes, backOff.length) - 1] ?? 0);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (this.#stopped) return undefined;
    this.#show({ kind: "starting" });
    const connection = openConnection({
      spawn: this.#options.spawn,
      patience: this.#options.patience ?? DEFAULT_PATIENCE,
      log: this.#options.log ?? (() => undefined),
      onState: (state) => this.#show(state),
    });
    this.connection = connection;
    void connection.ended.then(() => this.#onEnd(connection));
    return (await connection.ready) ? connection : undefined;
  }

  #onEnd(connection: Connection): void {
    if (this.connection !== connection) return;
    this.connection = undefined;
    this.#bringing = undefined;
    this.#crashes += 1;
    if (!this.#stopped) this.#show({ kind: "failed", model: this.#wanted?.model, message: STOPPED });
  }

  async #evict(): Promise<void> {
    this.#bringing = undefined;
    const connection = this.connection;
    if (connection === undefined) return;
    await this.#limit(connection, connection.ask({ type: "evict" }).answer);
  }

  #giveUp(connection: Connection, id: number, answer: Promise<Answer>): void {
    connection.cancel(id);
    void this.#limit(connection, answer);
  }

  /** Waits for an answer that must come soon; a process whose native code hangs still answers heartbeats, and is ended here. */
  async #limit(connection: Connection, answer: Promise<Answer>): Promise<void> {
    const timer = setTimeout(() => connection.kill(), this.#options.graceMs ?? 30_000);
    await answer;
    clearTimeout(timer);
  }

  async #use<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    clearTimeout(this.#idle);
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      this.#rest();
    }
  }

  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#busy > 0 || this.#idleMinutes <= 0 || this.#stopped) return;
    this.#idle = setTimeout(() => void this.#evict(), this.#idleMinutes * 60_000);
    this.#idle.unref();
  }

  #show(state: EngineState): void {
    this.state = state;
    this.#options.onState(state);
  }
}

function failed(code: ModelFailureCode, message: string): { readonly kind: "failed"; readonly code: ModelFailureCode; readonly message: string } {
  return { kind: "failed", code, message };
}
