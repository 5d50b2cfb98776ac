import type { ParentLine } from "../child/child.ts";
import { createEngine } from "./engine.ts";
import type { Engine } from "./engine.ts";
import type { Llama } from "./llama.ts";
import { PROTOCOL, toEngine } from "./protocol.ts";
import type { FromEngine, ToEngine } from "./protocol.ts";

/**
 * Serves one engine over the line to the process that started this one: every request is answered once under its id, every change of
 * state is told. Messages of another shape are ignored: only our own host can reach this line.
 */
export function serveEngine(line: ParentLine, llama: Llama): void {
  const post = (message: FromEngine): void => line.post(message);
  const engine = createEngine(llama, (state) => post({ type: "state", state }));
  const running = new Map<number, AbortController>();
  line.onMessage((message) => {
    const parsed = toEngine.safeParse(message);
    if (parsed.success) void answer(engine, running, post, parsed.data);
  });
  post({ type: "hello", protocol: PROTOCOL });
}

async function answer(engine: Engine, running: Map<number, AbortController>, post: (message: FromEngine) => void, message: ToEngine): Promise<void> {
  switch (message.type) {
    case "load": {
      const { id, model, path, options } = message;
      const load = await engine.load({ model, path, options }, (progress) => post({ type: "progress", id, progress }));
      if (load.kind === "loaded") post({ type: "loaded", id, memory: load.memory, refused: [...load.refused] });
      else if (load.kind === "cancelled") post({ type: "failed", id, code: "cancelled", message: "Another model was chosen." });
      else post({ type: "failed", id, code: "failed", message: load.message });
      return;
    }
    case "evict":
      await engine.evict();
      return post({ type: "evicted", id: message.id });
    case "complete": {
      const abort = new AbortController();
      running.set(message.id, abort);
      const completion = await engine.complete(message.request, abort.signal);
      running.delete(message.id);
      if (completion.kind === "text") post({ type: "done", id: message.id, completion });
      else post({ type: "failed", id: message.id, code: completion.code, message: completion.message });
      return;
    }
    case "prepare":
      return post({ type: "prepared", id: message.id, evaluatedTokens: await engine.prepare(message.talk) });
    case "hardware": {
      const hardware = await engine.hardware(message.backends);
      if (hardware === undefined) post({ type: "failed", id: message.id, code: "failed", message: "The part of Stint that runs models does not work on this computer." });
      else post({ type: "hardware", id: message.id, hardware });
      return;
    }
    case "cancel":
      return running.get(message.target)?.abort();
    case "status":
      return post({ type: "state", id: message.id, state: engine.state() });
  }
}
