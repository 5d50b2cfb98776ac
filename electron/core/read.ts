import type { Facts } from "./facts.ts";
import { pinned } from "./ground.ts";
import { hear } from "./hear.ts";
import type { Pin, Reading } from "./outcome.ts";
import { proposeClaimed } from "./propose.ts";
import { askIntent } from "./questions.ts";

/** Longer texts are refused unread: no sentence about an entry is that long. */
const LONGEST = 20_000;

/**
 * Reads a sentence by the rules alone: deterministic, on every keystroke, no model. Never throws, whatever the text. `pins` are the
 * user's own decisions (answered questions, edited chips) and win over the words.
 */
export function read(text: string, facts: Facts, pins: readonly Pin[] = []): Reading {
  const bare = (outcome: Reading["outcome"]): Reading => ({ text, outcome, spans: [], because: [] });
  if (text.length > LONGEST) return bare({ kind: "refusal", code: "too-long", message: "That is too long to be read as time entries; 20,000 characters are the most." });
  if (text.trim() === "") return bare({ kind: "nothing" });
  const heard = hear(text, facts, pinned({ pins }, 0, "intent"));
  if (heard.refusal !== undefined) return bare({ kind: "refusal", code: "not-supported", message: heard.refusal });
  return proposeClaimed(heard.intent, facts, pins, heard);
}

/**
 * A reading where no model can be asked: what the rules cannot claim becomes a question about the words that are in the way (taking it as
 * shown is looked at before it is saved). A sentence of which nothing was understood stays as it is.
 */
export function withoutModel(reading: Reading): Reading {
  const { outcome } = reading;
  const first = outcome.kind === "needs-model" ? outcome.operations[0] : undefined;
  if (outcome.kind !== "needs-model" || !first) return reading;
  const question = askIntent(outcome.stray ?? reading.text.trim().slice(0, 60), first.op !== "add" && first.op !== "start");
  return { ...reading, outcome: { kind: "question", operations: outcome.operations, question } };
}
