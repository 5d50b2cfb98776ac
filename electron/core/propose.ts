import { answer } from "./answer.ts";
import type { Facts } from "./facts.ts";
import { pinned, type Ground, type Settled } from "./ground.ts";
import type { Intent, IntentStep } from "./intent.ts";
import { markUp } from "./markup.ts";
import { assertNever } from "./never.ts";
import type { OpenOperation, Operation, Outcome, Pin, Reading } from "./outcome.ts";
import type { Markup } from "./parts.ts";
import { settleAdd, settleStart } from "./propose-add.ts";
import { settleCopy } from "./propose-copy.ts";
import { settleChange, settleDelete, settleStop } from "./propose-change.ts";
import { askIntent } from "./questions.ts";
import { saysChange, saysKind } from "./says-kind.ts";
import { leftovers, markRoles, spansOf } from "./spans.ts";

/** What the rules know beside the intent: whether they claim the sentence, and the word that decided its kind. */
export interface Claimed {
  readonly markup: Markup;
  readonly sure: boolean;
  readonly lead?: number | undefined;
}

function settle(ground: Ground, op: number, step: IntentStep, only: boolean): Settled | undefined {
  switch (step.kind) {
    case "add":
      return settleAdd(ground, op, step, only);
    case "start":
      return settleStart(ground, op, step, only);
    case "change":
    case "move":
      return settleChange(ground, op, step);
    case "copy":
      return settleCopy(ground, op, step);
    case "delete":
      return settleDelete(ground, op, step);
    case "stop":
      return settleStop(ground, op, step);
    case "ask":
    case "none":
      return undefined;
    default:
      return assertNever(step.kind);
  }
}

interface Batch {
  readonly outcome: Outcome;
  readonly operations: readonly OpenOperation[];
}

/** Settles every step in order; the first question or refusal holds all of them back. */
function settleAll(ground: Ground, steps: readonly IntentStep[], always: boolean): Batch {
  const operations: OpenOperation[] = [];
  const done: Operation[] = [];
  let held: Outcome | undefined;
  let look = always;
  for (const [op, step] of steps.entries()) {
    const settled = settle({ ...ground, done }, op, step, steps.length === 1);
    if (!settled) continue;
    if (settled.kind === "refused") held ??= { kind: "refusal", code: settled.code, message: settled.message };
    else if (settled.kind === "open") {
      operations.push(settled.operation);
      held ??= { kind: "question", operations, question: settled.question };
    } else {
      operations.push(...settled.operations);
      done.push(...settled.operations);
      look ||= settled.look === true;
    }
  }
  if (held) return { outcome: held, operations };
  if (done.length === 0) return { outcome: { kind: "nothing" }, operations };
  const twice = clashing(done);
  if (twice) return { outcome: { kind: "refusal", code: "not-supported", message: twice }, operations };
  return { outcome: { kind: "proposal", operations: done, preview: look || done.length > 1 || done[0]?.op !== "add" }, operations };
}

/** Two operations on one entry would race each other. */
function clashing(operations: readonly Operation[]): string | undefined {
  const ids = operations.flatMap((operation) => (operation.op === "change" || operation.op === "delete" || operation.op === "stop" ? [operation.entry] : []));
  return new Set(ids).size === ids.length ? undefined : "Two steps would change the same entry, so nothing is changed.";
}

/**
 * The one place where what was meant (quotes: the user's own words) meets what is exact (values). Serves the rules and a model alike; what a
 * model heard is always previewed. Grounded both ways: no value without words, but for today and an assumed task; and no date, length,
 * number or turning word left unused: for a model that is a question, for the rules `needs-model`.
 */
export function proposeClaimed(intent: Intent, facts: Facts, pins: readonly Pin[], claimed: Claimed): Reading {
  const { markup } = claimed;
  const ground: Ground = { markup, facts, pins, because: new Set() };
  const marked = markRoles(markup, intent, claimed.lead);
  const wish = pinned(ground, 0, "intent");
  const done = (outcome: Outcome): Reading => ({ text: markup.text, outcome, spans: outcome.kind === "nothing" ? [] : spansOf(markup, marked), because: [...ground.because] });
  const steps = intent.steps.filter((step) => step.kind !== "none").slice(0, 50);
  const [first] = steps;
  if (wish === "nothing") return done({ kind: "nothing" });
  if (!first) return done(claimed.sure ? { kind: "nothing" } : { kind: "needs-model", operations: [] });
  const left = wish === undefined ? leftovers(marked) : [];
  const byModel = intent.by === "model";
  const { outcome, operations } = first.kind === "ask" ? { outcome: answer(ground, first), operations: [] } : settleAll(ground, steps, byModel || wish !== undefined);
  if (byModel) {
    const unsaid = wish === undefined ? steps.find((step) => !saysKind(markup, step.kind) || !saysChange(markup, step)) : undefined;
    if (unsaid && outcome.kind === "proposal") return done({ kind: "question", operations, question: askIntent(markup.text.trim().slice(0, 60), unsaid.kind !== "add" && unsaid.kind !== "start") });
    // A question may turn as it likes; a length or a day that it does not use makes it something else.
    const stray = left.find((part) => first.kind !== "ask" || part.kind !== "turning");
    if (!stray || outcome.kind === "refusal") return done(outcome);
    return done({ kind: "question", operations, question: askIntent(markup.text.slice(stray.start, stray.end), first.kind !== "add") });
  }
  const sure = (claimed.sure && left.length === 0) || wish !== undefined;
  const [stray] = left;
  return done(sure ? outcome : { kind: "needs-model", operations, ...(stray ? { stray: markup.text.slice(stray.start, stray.end) } : {}) });
}

/** Turns an intent into a reading: see `proposeClaimed`. Quotes outside the sentence say nothing; never throws for any text. */
export function propose(text: string, intent: Intent, facts: Facts, pins: readonly Pin[] = []): Reading {
  const apart = intent.steps.some((step) => step.kind === "change" || step.kind === "move" || step.kind === "copy" || step.kind === "delete");
  return proposeClaimed(intent, facts, pins, { markup: markUp(text, facts, apart), sure: true });
}
