import type { OpenOperation, Operation, QuestionAbout, SpanRole } from "../../electron/core/outcome.ts";
import type { EvalCase } from "../case.ts";
import type { World } from "../world.ts";

/** How a proposal ended that the user confirmed. `refused`: nothing, or not all of it, was written, and the user was told why. */
export type Saved = { readonly kind: "saved" | "refused"; readonly shown: string };

/** How a sentence was read, for the report: which of its words served what, what came of them, and why. */
export interface Trace {
  readonly text: string;
  readonly by: "rules" | "model";
  readonly marks: readonly { readonly start: number; readonly end: number; readonly role: SpanRole }[];
  readonly operations: readonly (Operation | OpenOperation)[];
  readonly because: readonly string[];
  /** The model was asked, whether or not its answer could be used. */
  readonly asked: boolean;
  /** How far the reading may be relied on, 0 to 1; the rules' own is 1. */
  readonly confidence: number;
}

/**
 * What an agent says to one turn. `shown` is every word that the user sees. A proposal is only written by `confirm`; an agent that writes
 * without asking answers "saved" at once. `by` says who read it.
 */
export type Said = {
  readonly trace?: Trace | undefined;
  /** Something was written already, without having been shown first, though more may be proposed. */
  readonly wrote?: boolean | undefined;
} & SaidKind;
type SaidKind =
  | { readonly kind: "proposal"; readonly operations: readonly Operation[]; readonly shown: string; readonly by: "rules" | "model"; confirm(): Promise<Saved> }
  | { readonly kind: "question"; readonly about: QuestionAbout; readonly options: readonly string[]; readonly shown: string }
  | { readonly kind: "answer" | "refusal" | "nothing" | "needs-model" | "saved"; readonly shown: string };

/** What a trial cost: milliseconds of reading, and the model's tokens. */
export interface Cost {
  readonly promptTokens: number;
  readonly evaluatedTokens: number;
  readonly generatedTokens: number;
}
export const NO_COST: Cost = { promptTokens: 0, evaluatedTokens: 0, generatedTokens: 0 };

/** One talk with one account. `answer` is only called while a question is open. */
export interface Talk {
  say(text: string): Promise<Said>;
  answer(reply: string | number): Promise<Said>;
  undo(): Promise<Said>;
  cost(): Cost;
}

/**
 * Something that can be evaluated: a way from sentences to entries. It gets the account through the same client as every other and may
 * write as it likes; what counts is the state that it leaves. `slots`: how many talks may go on at the same time.
 */
export interface Agent {
  readonly name: string;
  readonly slots: number;
  /** Facts about what answers that belong in a report: model file, hash, backend. */
  readonly about: Readonly<Record<string, string | number>>;
  open(world: World, evalCase: EvalCase, trial: number): Promise<Talk>;
  close(): Promise<void>;
}
