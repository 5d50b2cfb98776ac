import type { IsoDate } from "../core/entry.ts";
import type { IntentKind, QuoteField } from "../core/intent.ts";

/** A project of the account as a case names it: the same letter is the same project throughout one case. */
export type Role = "a" | "b" | "c";
export const ROLES: readonly Role[] = ["a", "b", "c"];

/**
 * One step of what a sentence says: a kind and the words for each part, with the sentence's own placeholders. The words stand in the
 * sentence exactly once, so that they are a quote of it.
 */
export interface SaidStep {
  readonly kind: IntentKind;
  readonly fields: Partial<Record<QuoteField, string>>;
}

/** What a sentence must come to, whatever the projects are called: operations by role, the hours of an answer, or nothing at all. */
export type Meaning =
  | { readonly kind: "operations"; readonly operations: readonly MeantOperation[] }
  | { readonly kind: "answer"; readonly hours: number }
  | { readonly kind: "nothing" };

export type MeantOperation =
  | { readonly op: "add"; readonly project: Role; readonly date: IsoDate; readonly hours: number; readonly notes?: string }
  | { readonly op: "change"; readonly entry: Role; readonly date?: IsoDate; readonly hours?: number; readonly project?: Role }
  | { readonly op: "delete"; readonly entry: Role }
  | { readonly op: "start"; readonly project: Role }
  | { readonly op: "stop"; readonly entry: Role };

/**
 * One sentence of the short form. `{a.client}`, `{a.project}` and `{a.initials}` stand for what people call project a, `{a.task}` for its
 * task; `{a}` is whatever names it best. `timer`: that project's entry of today is a running timer.
 */
export interface ShortCase {
  readonly id: string;
  readonly say: string;
  readonly steps: readonly SaidStep[];
  readonly means: Meaning;
  readonly timer?: Role;
}
