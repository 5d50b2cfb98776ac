import type { Cancel, Completion, CompletionRequest, LanguageModel, ModelFailureCode } from "../agent/model.ts";
import type { SpawnChild } from "../child/child.ts";
import type { Answer, Connection, Patience } from "./connection.ts";
import type { Ending } from "./ending.ts";
import { createIdle } from "./idle.ts";
import type { Idle } from "./idle.ts";
import type { FixedTalk } from "./llama.ts";
import type { Backend, BackendRefusal, Hardware, LoadOptions, Placement } from "./protocol.ts";
import type { EngineMemory, EngineState } from "./state.ts";
import { failed, within } from "./within.ts";
import { createUpkeep } from "./upkeep.ts";
import type { Upkeep } from "./upkeep.ts";

export interface EngineHostOptions {
  readonly spawn: SpawnChild;
  readonly onState: (state: EngineState) => void;
  readonly log?: ((line: string) => void) | undefined;
  /** Minutes without a request after which the model leaves memory: 0 right after each answer, 1440 and more never. The next request loads it again. Default 15. */
  readonly idleMinutes?: number | undefined;
  /** How models are loaded. Default: the best backend that works, 4096 tokens. */
  readonly load?: LoadOptions | undefined;
  /** What every prompt begins with; read ahead whenever a model has been loaded. */
  readonly fixed?: ((path: string) => Promise<FixedTalk>) | undefined;
  readonly patience?: Patience | undefined;
  /** Milliseconds to wait before the second, third, … start after the process ended unasked; the last one repeats. */
  readonly backOffMs?: readonly number[] | undefined;
  /** Milliseconds that a given-up request or an unload may take before the process is ended. */
  readonly graceMs?: number | undefined;
  /** Milliseconds after which a process that ended is started again by itself, with the model that worked. Default one second; undefined is the default. */
  readonly comeBackMs?: number | undefined;
}

/** `refused` says which faster backends were tried and why they could not be used. `restoring`: the model that worked before and is now loaded again. */
export type LoadResult =
  | { readonly kind: "loaded"; readonly memory: EngineMemory; readonly refused: readonly BackendRefusal[] }
  | { readonly kind: "failed"; readonly code: ModelFailureCode; readonly message: string; readonly restoring?: string | undefined };

/** The owner of the engine process: starts it when it is needed, survives its end, never throws for an expected failure. */
export interface EngineHost {
  state(): EngineState;
  /**
   * Makes `path` the model under the name `id`, in place of any other; laid out by `plan`, or by what is free when the time comes. When
   * it cannot be loaded, the model that worked before comes back.
   */
  load(path: string, id: string, plan?: Placement): Promise<LoadResult>;
  /** Takes the model out of memory and forgets it: later requests are answered "no-model" until the next load. */
  unload(): Promise<void>;
  /** Answers under the request's own time limit, a reload after a crash or after idling included. */
  readonly model: LanguageModel;
  setIdleMinutes(minutes: number): void;
  /** Which backends to try, in this order; the next load goes by it. */
  setBackends(backends: readonly Backend[]): void;
  /** What models can run on here and how much is free now; starts the process for it. Undefined when it cannot be told. */
  hardware(): Promise<Hardware | undefined>;
  /** The engine's process id while one runs. */
  pid(): number | undefined;
  /** Ends the process; open requests are answered "stopped". The host cannot be used afterwards. */
  stop(): Promise<void>;
}

const DEFAULT_LOAD: LoadOptions = { backends: ["cuda", "vulkan", "cpu"], contextTokens: 4096 };
const DEFAULT_PATIENCE: Patience = { startMs: 30_000, beatMs: 5_000, missed: 4 };
const DEFAULT_BACK_OFF = [0, 1_000, 5_000, 15_000, 60_000];
/** How often in a row a process comes back by itself; after that it does for the next request. */
const COME_BACK = 3;

interface Wanted {
  readonly model: string;
  readonly path: string;
  readonly plan: Placement | undefined;
}
type Loaded = LoadResult & { readonly kind: "loaded" };
type Failed = LoadResult & { readonly kind: "failed" };
type Brought = { readonly kind: "here"; readonly connection: Connection; readonly loaded: Loaded } | Failed;

/** Starts nothing by itself: the process begins with the first load or request. Electron is not known here; the app passes `spawn`. */
export function createEngineHost(options: EngineHostOptions): EngineHost {
  const host = new Host(options);
  return {
    state: () => host.state,
    load: (path, id, plan) => host.load({ model: id, path, plan }),
    unload: () => host.unload(),
    model: { complete: (request, cancel) => host.complete(request, cancel) },
    setIdleMinutes: (minutes) => host.idle.setMinutes(minutes),
    setBackends: (backends) => host.setBackends(backends),
    hardware: () => host.hardware(),
    pid: () => host.upkeep.current()?.pid,
    stop: () => host.stop(),
  };
}

class Host {
  state: EngineState = { kind: "absent" };
  readonly idle: Idle;
  readonly upkeep: Upkeep;
  readonly #options: EngineHostOptions;
  #load: LoadOptions;
  /** The model that requests are for. Kept over a crash and over idling, so that it comes back by itself. */
  #wanted: Wanted | undefined;
  /** The last one that was in memory: it comes back when another one cannot be loaded. */
  #worked: { readonly wanted: Wanted; readonly backend: Backend } | undefined;
  #bringing: { readonly wanted: Wanted; readonly brought: Promise<Brought> } | undefined;
  /** Backends that took the process down. */
  readonly #left: BackendRefusal[] = [];
  #comingBack: NodeJS.Timeout | undefined;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#load = options.load ?? DEFAULT_LOAD;
    this.idle = createIdle(options.idleMinutes ?? 15, () => void this.#evict());
    this.upkeep = createUpkeep({
      spawn: options.spawn,
      patience: options.patience ?? DEFAULT_PATIENCE,
      backOffMs: options.backOffMs ?? DEFAULT_BACK_OFF,
      log: options.log ?? (() => undefined),
      onState: (state) => this.#show(state),
      onEnd: (how) => this.#onEnd(how),
    });
  }

  setBackends(backends: readonly Backend[]): void {
    this.#load = { ...this.#load, backends: [...backends] };
    this.#left.length = 0;
    this.#bringing = undefined;
  }

  async load(wanted: Wanted): Promise<LoadResult> {
    const same = this.#wanted !== undefined && JSON.stringify(this.#wanted) === JSON.stringify(wanted);
    if (!same) this.#wanted = wanted;
    const brought = await this.idle.during(false, () => this.#bringWithoutBrokenCards());
    if (brought.kind === "here") return brought.loaded;
    const restoring = this.#restore(wanted, brought);
    return restoring === undefined ? brought : { ...brought, restoring };
  }

  async unload(): Promise<void> {
    this.#wanted = undefined;
    this.#worked = undefined;
    await this.#evict();
  }

  async complete(request: CompletionRequest, cancel: Cancel): Promise<Completion> {
    if (cancel.aborted) return failed("cancelled", "Cancelled.");
    return this.idle.during(true, () => {
      let running: { connection: Connection; id: number; answer: Promise<Answer> } | undefined;
      const ask = async (isGivenUp: () => boolean): Promise<Completion> => {
        const brought = await this.#bring();
        if (brought.kind === "failed") return failed(brought.code, brought.message);
        if (isGivenUp()) return failed("cancelled", "Cancelled.");
        running = { connection: brought.connection, ...brought.connection.ask({ type: "complete", request: { ...request } }) };
        const answer = await running.answer;
        if (answer.type === "done") this.upkeep.works();
        return answer.type === "done" ? answer.completion : answer.type === "failed" ? failed(answer.code, answer.message) : failed("failed", "The model could not answer.");
      };
      const giveUp = (): void => {
        if (running !== undefined) this.#giveUp(running.connection, running.id, running.answer);
      };
      return within(request.timeoutMs, cancel, ask, giveUp);
    });
  }

  async hardware(): Promise<Hardware | undefined> {
    const opened = await this.upkeep.connect();
    if (opened.kind === "ended") return undefined;
    const answer = await opened.connection.ask({ type: "hardware", backends: this.#backends() }).answer;
    return answer.type === "hardware" ? { ...answer.hardware, refused: [...this.#left, ...answer.hardware.refused] } : undefined;
  }

  async stop(): Promise<void> {
    this.#wanted = undefined;
    clearTimeout(this.#comingBack);
    this.idle.stop();
    await this.upkeep.stop();
    this.#show({ kind: "absent" });
  }

  /** A card that takes the process down while a model is loaded is left out, and the model gets another try without it. */
  async #bringWithoutBrokenCards(): Promise<Brought> {
    for (;;) {
      const left = this.#left.length;
      const brought = await this.#bring();
      if (brought.kind === "here" || brought.code !== "stopped" || this.#left.length === left) return brought;
    }
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
    const opened = await this.upkeep.connect();
    if (opened.kind === "ended") return failed("stopped", opened.how.message);
    if (this.#wanted !== wanted) return failed("cancelled", "Another model was chosen.");
    const { connection } = opened;
    const { model, path, plan } = wanted;
    const options: LoadOptions = { ...this.#load, backends: this.#backends(), ...(plan === undefined || this.#left.length > 0 ? {} : { plan }) };
    const answer = await connection.ask({ type: "load", model, path, options }).answer;
    if (answer.type === "loaded") {
      this.#worked = { wanted, backend: answer.memory.backend };
      const { fixed } = this.#options;
      if (fixed !== undefined) void fixed(path).then((talk) => connection.ask({ type: "prepare", talk: { ...talk } }));
      return { kind: "here", connection, loaded: { kind: "loaded", memory: answer.memory, refused: [...this.#left, ...answer.refused] } };
    }
    const failure = answer.type === "failed" ? failed(answer.code, answer.message) : failed("failed", "The model could not be loaded.");
    // A file that was refused once is not tried again for every sentence; a crash may be worth another try.
    if (failure.code === "failed" && this.#wanted === wanted) this.#wanted = undefined;
    return failure;
  }

  /** After a load that failed: the name of the model that comes back, if one does. */
  #restore(wanted: Wanted, failure: Failed): string | undefined {
    const worked = this.#worked?.wanted;
    const isOurs = this.#wanted === undefined || this.#wanted === wanted;
    if (worked === undefined || worked === wanted || !isOurs || failure.code === "cancelled") return undefined;
    this.#wanted = worked;
    void this.idle.during(false, () => this.#bring());
    return worked.model;
  }

  #backends(): Backend[] {
    const usable = this.#load.backends.filter((backend) => !this.#left.some((left) => left.backend === backend));
    return usable.length > 0 ? usable : ["cpu"];
  }

  #onEnd(how: Ending): void {
    const was = this.state.kind;
    this.#bringing = undefined;
    if (was === "loading" || was === "generating" || was === "ready") this.#leaveCard(how);
    this.#show({ kind: "failed", model: this.#wanted?.model, message: how.message });
    const isBack = this.#worked !== undefined && this.#worked.wanted === this.#wanted;
    if (!isBack || this.upkeep.ends() > COME_BACK) return;
    clearTimeout(this.#comingBack);
    this.#comingBack = setTimeout(() => void this.idle.during(false, () => this.#bring()), this.#options.comeBackMs ?? 1_000);
    this.#comingBack.unref();
  }

  /** A card whose native code took the process down while a model was on it, or was being put there, is left out until the backends are chosen anew. */
  #leaveCard(how: Ending): void {
    if (how.kind !== "aborted" && how.kind !== "crashed" && how.kind !== "hung") return;
    const backend = this.#worked?.backend ?? this.#backends()[0];
    if (backend === undefined || backend === "cpu") return;
    this.#left.push({ backend, reason: "It took the model's process down; Stint does without it until it is started again." });
  }

  async #evict(): Promise<void> {
    this.#bringing = undefined;
    const connection = this.upkeep.current();
    if (connection === undefined) return;
    await this.#limit(connection, connection.ask({ type: "evict" }).answer);
  }

  #giveUp(connection: Connection, id: number, answer: Promise<Answer>): void {
    connection.cancel(id);
    void this.#limit(connection, answer);
  }

  /** Waits for an answer that must come soon; a process whose native code hangs still answers heartbeats, and is ended here. */
  async #limit(connection: Connection, answer: Promise<Answer>): Promise<void> {
    const timer = setTimeout(() => connection.kill("hung"), this.#options.graceMs ?? 30_000);
    await answer;
    clearTimeout(timer);
  }

  #show(state: EngineState): void {
    this.state = state;
    this.#options.onState(state);
  }
}
