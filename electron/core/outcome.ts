import type { Hours, IsoDate } from "./entry.ts";

export type Field = "date" | "hours" | "project" | "task" | "notes";

/** New booking. `assumed` names fields that no word of the sentence said (date-convention.md, Tasks). */
export interface AddOperation {
  readonly op: "add";
  readonly date: IsoDate;
  readonly hours: Hours;
  readonly project: number;
  readonly task: number;
  readonly notes: string;
  readonly assumed?: readonly Field[] | undefined;
}

/** What a change sets; a field that is absent stays as it is. Moving to another day is a change of `date`: one PATCH. */
export interface ChangeSet {
  readonly date?: IsoDate | undefined;
  readonly hours?: Hours | undefined;
  readonly project?: number | undefined;
  readonly task?: number | undefined;
  readonly notes?: string | undefined;
}
export interface ChangeOperation {
  readonly op: "change";
  readonly entry: number;
  readonly set: ChangeSet;
  readonly assumed?: readonly Field[] | undefined;
}
export interface DeleteOperation {
  readonly op: "delete";
  readonly entry: number;
}
/** A running timer on today. */
export interface StartOperation {
  readonly op: "start";
  readonly project: number;
  readonly task: number;
  readonly notes: string;
  readonly assumed?: readonly Field[] | undefined;
}
export interface StopOperation {
  readonly op: "stop";
  readonly entry: number;
}
export type Operation = AddOperation | ChangeOperation | DeleteOperation | StartOperation | StopOperation;

/** An operation that still lacks a field: what is already sure while a question is open. */
export type OpenOperation =
  | ({ readonly op: "add" } & Partial<Omit<AddOperation, "op">>)
  | ({ readonly op: "change"; readonly set: ChangeSet } & Partial<Omit<ChangeOperation, "op" | "set">>)
  | ({ readonly op: "delete" } & Partial<Omit<DeleteOperation, "op">>)
  | ({ readonly op: "start" } & Partial<Omit<StartOperation, "op">>)
  | ({ readonly op: "stop" } & Partial<Omit<StopOperation, "op">>);

export type QuestionAbout = "date" | "hours" | "project" | "task" | "entry" | "split" | "intent";

/**
 * A decision the user made outside the sentence: an answered question or an edited chip. A pin wins over the words.
 * `op` is the index of the operation it belongs to. `entry` pins an existing entry's id; `intent` pins the kind of sentence.
 */
export type Pin =
  | { readonly op: number; readonly field: "date"; readonly value: IsoDate }
  | { readonly op: number; readonly field: "hours"; readonly value: Hours }
  | { readonly op: number; readonly field: "project" | "task" | "entry"; readonly value: number }
  | { readonly op: number; readonly field: "notes"; readonly value: string }
  | { readonly op: number; readonly field: "intent"; readonly value: "add" | "change" | "nothing" };

/** One way to answer a question: a short label, a detail that tells two alike options apart, and the pins that taking it adds. */
export interface Option {
  readonly label: string;
  readonly detail?: string | undefined;
  readonly pins: readonly Pin[];
}

/** Something the sentence leaves open. Nothing is written while a question is open. `op` is the operation it is about. */
export interface Question {
  readonly about: QuestionAbout;
  readonly op: number;
  readonly text: string;
  readonly options: readonly Option[];
  readonly default?: number | undefined;
}

export type RefusalCode = "locked" | "archived" | "not-logged" | "not-supported" | "nothing-to-change" | "too-long";

/** One line of an answer to a question about what is logged. */
export interface AnswerRow {
  readonly label: string;
  readonly hours: Hours;
}

/**
 * What a sentence comes to. `proposal`: complete operations, `preview` when they must be looked at before Enter saves
 * (anything but a plain add, more than one, or made by a model). `needs-model`: the rules cannot claim it; what is sure is filled in, `stray` are the first words that nothing used.
 */
export type Outcome =
  | { readonly kind: "proposal"; readonly operations: readonly Operation[]; readonly preview: boolean }
  | { readonly kind: "question"; readonly operations: readonly OpenOperation[]; readonly question: Question }
  | { readonly kind: "answer"; readonly text: string; readonly rows: readonly AnswerRow[]; readonly hours?: Hours | undefined }
  | { readonly kind: "refusal"; readonly code: RefusalCode; readonly message: string }
  | { readonly kind: "nothing" }
  | { readonly kind: "needs-model"; readonly operations: readonly OpenOperation[]; readonly stray?: string | undefined };

export type SpanRole = "when" | "hours" | "project" | "task" | "note" | "operation" | "filler";

/** A run of the user's own words, `[start, end)` in UTF-16 units of the sentence, and what it was used for. Spans never overlap. */
export interface Span {
  readonly role: SpanRole;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The reading of one sentence: outcome, the words it stands on, and one plain sentence for each rule that decided something. */
export interface Reading {
  readonly text: string;
  readonly outcome: Outcome;
  readonly spans: readonly Span[];
  readonly because: readonly string[];
}
