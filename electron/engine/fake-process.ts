import type { Child } from "../child/child.ts";
import type { Backend } from "./protocol.ts";
import { createScriptedLlama } from "./scripted-llama.ts";
import type { ScriptedLlama } from "./scripted-llama.ts";
import { serveEngine } from "./server.ts";

export interface FakeProcess {
  readonly llama: ScriptedLlama;
  /** Ends it as a crash would, with what the system says about it. */
  crash(signal?: string): void;
  /** True: it says and hears nothing any more, but does not end. */
  hung: boolean;
  killed: boolean;
}

export interface Behaviour {
  readonly hold?: boolean;
  readonly deaf?: boolean;
  readonly protocol?: number;
  readonly backend?: Backend;
}

/** A process that is none: the real server over the scripted library, behind copied messages that arrive later. */
export function fakeProcess(behaviour: Behaviour = {}): { process: FakeProcess; child: Child } {
  const llama = createScriptedLlama();
  llama.hold = behaviour.hold ?? false;
  llama.backend = behaviour.backend ?? "cpu";
  let toHost: ((message: unknown) => void)[] = [];
  let toEngine: ((message: unknown) => void)[] = [];
  const onExit: ((code: number | undefined, signal?: string) => void)[] = [];
  let ended = false;
  const end = (signal?: string): void => {
    if (ended) return;
    ended = true;
    toHost = [];
    toEngine = [];
    for (const listener of onExit) listener(undefined, signal);
  };
  const process: FakeProcess = { llama, hung: behaviour.deaf ?? false, killed: false, crash: end };
  const carry = (listeners: () => ((message: unknown) => void)[], message: unknown): void => {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => {
      if (!process.hung && !ended) for (const listener of listeners()) listener(copy);
    });
  };
  const child: Child = {
    pid: 1,
    post: (message) => carry(() => toEngine, message),
    onMessage: (listener) => void toHost.push(listener),
    onExit: (listener) => void onExit.push(listener),
    kill: () => {
      process.killed = true;
      queueMicrotask(() => end());
    },
  };
  queueMicrotask(() => {
    if (behaviour.protocol !== undefined) carry(() => toHost, { type: "hello", protocol: behaviour.protocol });
    else serveEngine({ post: (message) => carry(() => toHost, message), onMessage: (listener) => void toEngine.push(listener) }, llama);
  });
  return { process, child };
}
