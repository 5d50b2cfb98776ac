import type { Facts } from "./facts.ts";
import { pinned } from "./ground.ts";
import { hear } from "./hear.ts";
import type { Pin, Reading } from "./outcome.ts";
import { proposeClaimed } from "./propose.ts";

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
