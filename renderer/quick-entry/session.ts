import type { Bridge, NoticeData, PinView } from "../../electron/ipc/contract.ts";
import { words } from "../design/words.ts";
import { start, step } from "./conversation.ts";
import type { Conversation } from "./conversation.ts";
import type { Ask, Happening } from "./happening.ts";

/** The conversation joined to the app: keeps the state, sends what a step asks for, feeds the answers back. */
export interface Session {
  readonly state: () => Conversation;
  readonly happen: (event: Happening) => void;
  /** Calls back after each change; returns the function that stops it. */
  readonly watch: (listener: () => void) => () => void;
  /** Starts listening to the app; returns the function that stops it. */
  readonly connect: () => () => void;
}

function sentenceOf(error: unknown): string {
  return error instanceof Error && error.message !== "" ? `${words.broke} ${error.message}` : words.broke;
}

const copy = (pins: readonly PinView[]): PinView[] => [...pins];

async function answer(bridge: Bridge, ask: Ask): Promise<Happening | undefined> {
  switch (ask.ask) {
    case "read":
      return { type: "read", sequence: ask.sequence, view: await bridge.ask("read", { text: ask.text, pins: copy(ask.pins) }) };
    case "think":
      return { type: "thought", sequence: ask.sequence, view: await bridge.ask("think", { text: ask.text, pins: copy(ask.pins) }) };
    case "commit":
      return { type: "committed", result: await bridge.ask("commit", { text: ask.text, pins: copy(ask.pins), digest: ask.digest, skip: [...ask.skip] }) };
    case "finish":
      return { type: "finished", batch: ask.batch, said: await bridge.ask("finish", { batch: ask.batch }) };
    case "undo":
      return { type: "undone", said: await bridge.ask("undo", { batch: ask.batch }) };
    case "remember":
      return { type: "remembered", said: await bridge.ask("remember", { name: ask.name }) };
    case "dont-remember":
      await bridge.ask("dont-remember", { name: ask.name });
      return undefined;
    case "stop-thinking":
    case "hide":
      await bridge.ask(ask.ask);
      return undefined;
  }
}

function brokenBy(ask: Ask, error: unknown): Happening {
  const message = sentenceOf(error);
  switch (ask.ask) {
    case "read":
    case "think":
      return { type: "broke", sequence: ask.sequence, message };
    case "commit":
      // The app broke in the middle: whether Harvest has the entry is not known here, and saying "not saved" could book it twice.
      return { type: "committed", result: { kind: "failed", message: `${message} ${words.lookBeforeRetry}` } };
    case "remember":
      return { type: "remembered", said: { ok: false, message } };
    case "undo":
    case "finish":
    case "dont-remember":
    case "stop-thinking":
    case "hide":
      return { type: "said", said: { ok: false, message } };
  }
}

/** One session lives as long as the page. */
export function createSession(bridge: Bridge): Session {
  let state = start;
  const listeners = new Set<() => void>();

  const send = async (ask: Ask): Promise<void> => {
    try {
      const event = await answer(bridge, ask);
      if (event) happen(event);
    } catch (error) {
      happen(brokenBy(ask, error));
    }
  };

  function happen(event: Happening): void {
    const next = step(state, event);
    const changed = next.state !== state;
    state = next.state;
    for (const ask of next.asks) void send(ask);
    if (changed) for (const listener of listeners) listener();
  }

  return {
    state: () => state,
    happen,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connect() {
      const stops = [
        bridge.on("thinking", ({ seconds }: NoticeData<"thinking">) => happen({ type: "thinking", seconds })),
        bridge.on("shown", () => happen({ type: "shown" })),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
