import type { Completion, CompletionRequest } from "../agent/model.ts";
import type { FixedTalk, Llama, LlamaLoad } from "./llama.ts";
import type { Backend, Hardware, LoadOptions } from "./protocol.ts";
import type { EngineState } from "./state.ts";

export interface LoadRequest {
  readonly model: string;
  readonly path: string;
  readonly options: LoadOptions;
}

/** Holds at most one model and does one thing at a time; every promise settles, none rejects for an expected failure. */
export interface Engine {
  state(): EngineState;
  /** Replaces whatever is loaded or loading. A failed load leaves no model and a usable engine. */
  load(request: LoadRequest, onProgress: (progress: number) => void): Promise<LlamaLoad>;
  /** Gives up what is going on, frees the model, returns when it is gone. */
  evict(): Promise<void>;
  /** Runs now or waits for the running one; a newer waiting request replaces the older waiting one, which is answered "cancelled". */
  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion>;
  /** Reads the fixed part of the prompts while nothing else is asked; gives how many tokens that took, 0 when it was given up at once. */
  prepare(talk: FixedTalk): Promise<number>;
  /** Looked up between two other jobs. */
  hardware(backends: readonly Backend[]): Promise<Hardware | undefined>;
}

interface LoadJob {
  readonly kind: "load";
  readonly request: LoadRequest;
  readonly onProgress: (progress: number) => void;
  readonly answer: (load: LlamaLoad) => void;
}
interface EvictJob {
  readonly kind: "evict";
  readonly answer: () => void;
}
type Control = LoadJob | EvictJob;

/** What may wait until nothing else does, and gives way at once. */
interface Aside {
  readonly run: (signal: AbortSignal) => Promise<void>;
}

interface Waiting {
  readonly request: CompletionRequest;
  readonly signal: AbortSignal;
  readonly answer: (completion: Completion) => void;
}

const CANCELLED: Completion = { kind: "failed", code: "cancelled", message: "Cancelled." };

/** The states of engine/state.ts over the `Llama` port. Loading and evicting go before completions and stop a running one. */
export function createEngine(llama: Llama, onState: (state: EngineState) => void): Engine {
  const machine = new Machine(llama, onState);
  return {
    state: () => machine.state,
    load: (request, onProgress) => machine.load(request, onProgress),
    evict: () => machine.evict(),
    complete: (request, signal) => machine.complete(request, signal),
    prepare: (talk) => machine.aside((signal) => llama.prepare(talk, signal), 0),
    hardware: (backends) => machine.aside(() => llama.hardware(backends), undefined),
  };
}

class Machine {
  state: EngineState = { kind: "idle" };
  readonly #llama: Llama;
  readonly #onState: (state: EngineState) => void;
  readonly #controls: Control[] = [];
  readonly #asides: Aside[] = [];
  #loaded: { readonly request: LoadRequest; readonly load: LlamaLoad & { kind: "loaded" } } | undefined;
  #waiting: Waiting | undefined;
  /** What is going on and can be given up. */
  #current: AbortController | undefined;
  #isAside = false;
  #running = false;

  constructor(llama: Llama, onState: (state: EngineState) => void) {
    this.#llama = llama;
    this.#onState = onState;
  }

  load(request: LoadRequest, onProgress: (progress: number) => void): Promise<LlamaLoad> {
    const { load } = this.#controls.length === 0 && this.#loaded !== undefined && sameLoad(this.#loaded.request, request) ? this.#loaded : { load: undefined };
    if (load !== undefined) return Promise.resolve({ ...load, memory: this.#llama.memory() });
    return new Promise((answer) => this.#control({ kind: "load", request, onProgress, answer }));
  }

  evict(): Promise<void> {
    return new Promise((answer) => this.#control({ kind: "evict", answer: () => answer() }));
  }

  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    return new Promise((answer) => {
      this.#waiting?.answer(CANCELLED);
      this.#waiting = { request, signal, answer };
      if (this.#isAside) this.#current?.abort();
      void this.#pump();
    });
  }

  /** `otherwise` is the answer when the library throws. */
  aside<T>(run: (signal: AbortSignal) => Promise<T>, otherwise: T): Promise<T> {
    return new Promise((answer) => {
      this.#asides.push({ run: async (signal) => answer(await run(signal).catch(() => otherwise)) });
      void this.#pump();
    });
  }

  /** A load that is no longer wanted must not be waited for; whatever runs is stopped, because its model goes away. */
  #control(job: Control): void {
    const unwanted = this.#controls.filter((waiting) => waiting.kind === "load");
    for (const old of unwanted) {
      this.#controls.splice(this.#controls.indexOf(old), 1);
      old.answer({ kind: "cancelled" });
    }
    this.#current?.abort();
    this.#controls.push(job);
    void this.#pump();
  }

  /** One job after the other until none is left; only one pump ever runs. What may wait comes last. */
  async #pump(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (;;) {
      const control = this.#controls.shift();
      const waiting = control === undefined ? this.#waiting : undefined;
      if (control !== undefined) await (control.kind === "load" ? this.#load(control) : this.#evict(control));
      else if (waiting !== undefined) {
        this.#waiting = undefined;
        await this.#complete(waiting);
      } else {
        const aside = this.#asides.shift();
        if (aside === undefined) break;
        await this.#run(aside);
      }
    }
    this.#running = false;
  }

  async #run(aside: Aside): Promise<void> {
    const abort = new AbortController();
    this.#current = abort;
    this.#isAside = true;
    await aside.run(abort.signal);
    this.#isAside = false;
    this.#current = undefined;
  }

  async #load({ request, onProgress, answer }: LoadJob): Promise<void> {
    await this.#free();
    const abort = new AbortController();
    this.#current = abort;
    this.#show({ kind: "loading", model: request.model, progress: 0 });
    let told = 0;
    const progress = (value: number): void => {
      if (abort.signal.aborted || value < told + 0.01) return;
      told = value;
      onProgress(value);
      this.#show({ kind: "loading", model: request.model, progress: value });
    };
    const load = await this.#llama.load(request.path, request.options, progress, abort.signal).catch(broken);
    this.#current = undefined;
    if (load.kind === "loaded") {
      this.#loaded = { request, load };
      this.#show({ kind: "ready", model: request.model, memory: load.memory });
    } else if (load.kind === "cancelled") this.#show({ kind: "idle" });
    else this.#show({ kind: "failed", model: request.model, message: load.message });
    answer(load);
  }

  async #evict({ answer }: EvictJob): Promise<void> {
    await this.#free();
    this.#show({ kind: "idle" });
    answer();
  }

  async #complete({ request, signal, answer }: Waiting): Promise<void> {
    if (signal.aborted) return answer(CANCELLED);
    if (this.#loaded === undefined) return answer({ kind: "failed", code: "no-model", message: this.state.kind === "failed" ? this.state.message : "No model is loaded." });
    const { model } = this.#loaded.request;
    const abort = new AbortController();
    this.#current = abort;
    this.#show({ kind: "generating", model, memory: this.#llama.memory() });
    const completion = await this.#llama.complete(request, AbortSignal.any([signal, abort.signal])).catch(brokenCompletion);
    this.#current = undefined;
    this.#show({ kind: "ready", model, memory: this.#llama.memory() });
    answer(completion);
  }

  async #free(): Promise<void> {
    if (this.#loaded === undefined) return;
    this.#show({ kind: "evicting", model: this.#loaded.request.model });
    this.#loaded = undefined;
    // Nothing can be done from here about memory that is not given back; the host ends the process when it matters.
    await this.#llama.unload().catch(() => undefined);
  }

  #show(state: EngineState): void {
    this.state = state;
    this.#onState(state);
  }
}

function sameLoad(a: LoadRequest, b: LoadRequest): boolean {
  return a.model === b.model && a.path === b.path && JSON.stringify(a.options) === JSON.stringify(b.options);
}

/** The port returns what it expects; whatever it throws is a bug below us, and one sentence is all that may be shown of it. */
function broken(): LlamaLoad {
  return { kind: "refused", message: "The model could not be loaded." };
}

function brokenCompletion(): Completion {
  return { kind: "failed", code: "failed", message: "The model could not answer." };
}
