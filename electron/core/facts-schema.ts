import { z } from "zod";
import type { Entry, IsoDate, Project, Shortcut } from "./entry.ts";
import type { AccountFacts, Facts } from "./facts.ts";
import type { OpenOperation, Operation, Question, RefusalCode, Reading, Span } from "./outcome.ts";
import { indexProjects, type ProjectIndex } from "./projects.ts";
import { rulesSchema, type ReadingRules } from "./rules.ts";
import { addDays, isZone, nowIn, parseIsoDate } from "./time.ts";

/*
 * The shapes that other programs write: one input line of `stint read --jsonl`, and the account inside it.
 */

const isoDate = z.string().transform((text, context): IsoDate => {
  const date = parseIsoDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: "custom", message: "must be a real date, YYYY-MM-DD" });
  return z.NEVER;
});
const id = z.int();

const taskSchema = z.object({ id, name: z.string() });
/** A project as an account lists it; archived ones carry `active: false`. */
export const projectSchema = z.object({
  id,
  client: z.string().default(""),
  name: z.string(),
  code: z.string().nullish().transform((code) => code ?? undefined),
  active: z.boolean().default(true),
  tasks: z.array(taskSchema).default([]),
});
export const shortcutSchema = z.object({
  name: z.string().min(1),
  project: id,
  task: id.optional(),
  notes: z.string().optional(),
  hours: z.number().gt(0).max(24).optional(),
});
export const roundingSchema = z.object({ minutes: z.int().min(1).max(60), mode: z.enum(["nearest", "up", "down"]).default("nearest") });
/** A time entry as the reader may point at it. */
export const entrySchema = z.object({
  id,
  date: isoDate,
  hours: z.number().min(0).max(24),
  project: id,
  task: id,
  notes: z.string().nullish().transform((notes) => notes ?? ""),
  running: z.boolean().default(false),
  locked: z.string().optional(),
});
/** The account of contracts: everything but the projects may be absent. */
export const accountSchema = z.object({
  projects: z.array(projectSchema).default([]),
  shortcuts: z.array(shortcutSchema).default([]),
  rounding: roundingSchema.nullish().transform((rounding) => rounding ?? undefined),
  entries: z.array(entrySchema).default([]),
  last: id.nullish().transform((last) => last ?? undefined),
});

const emptyAccount = accountSchema.parse({});

/** One line for `read --jsonl`. Only `id` and `text` are needed; `now` falls back to what the caller passes. Unknown keys are refused. */
export const lineSchema = z.strictObject({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  want: z.enum(["sentence", "phrase"]).default("sentence"),
  now: z.string().optional(),
  zone: z.string().refine(isZone, "must be an IANA time zone").default("UTC"),
  weekStart: z.enum(["monday", "sunday", "saturday"]).default("monday"),
  dateOrder: z.enum(["MDY", "DMY", "YMD"]).default("MDY"),
  account: accountSchema.default(emptyAccount),
  rules: rulesSchema.optional(),
});
export type Line = z.infer<typeof lineSchema>;

export type ParsedLine = { readonly kind: "line"; readonly line: Line } | { readonly kind: "bad"; readonly id?: string | number | undefined; readonly code: "bad-json" | "bad-line"; readonly message: string };

/** Reads one line of text as an input line. A bad one gives a code and one sentence that names the place, never the content. */
export function parseLine(text: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "bad", code: "bad-json", message: "This line is not valid JSON." };
  }
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return { kind: "line", line: parsed.data };
  const named = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(value);
  const [issue] = parsed.error.issues;
  const place = issue && issue.path.length > 0 ? `"${issue.path.join(".")}"` : "This line";
  return { kind: "bad", code: "bad-line", message: `${place} is not as expected: ${issue?.message ?? "unknown shape"}.`.replace(/\.\.$/, "."), ...(named.success ? { id: named.data.id } : {}) };
}

/** What facts are made of, before the projects are indexed. An index that is already built is used as it is. */
export interface FactsInput extends Omit<Facts, "index" | "today" | "time" | "rounding" | "last"> {
  readonly now: string;
  readonly projects: readonly Project[];
  readonly index?: ProjectIndex | undefined;
  readonly rounding?: AccountFacts["rounding"];
  readonly last?: number | undefined;
}

/** The day that a moment belongs to: for those whose day begins at four, the small hours are still yesterday. */
export function workingDay(moment: Pick<Facts, "today" | "time">, rules: ReadingRules | undefined): Pick<Facts, "today" | "time"> {
  const early = Number(moment.time.slice(0, 2)) < (rules?.dayStart ?? 0);
  return early ? { today: addDays(moment.today, -1), time: moment.time } : moment;
}

/** Facts for a reading; undefined when `now` or `zone` is not valid. */
export function makeFacts(input: FactsInput): Facts | undefined {
  const moment = nowIn(input.zone, input.now);
  if (!moment) return undefined;
  const { zone, weekStart, dateOrder, shortcuts, entries, rounding, last, rules } = input;
  return { ...workingDay(moment, rules), zone, weekStart, dateOrder, index: input.index ?? indexProjects(input.projects), shortcuts, entries, rounding, last, rules };
}

/** Facts of one input line; `now` is used when the line names none. Undefined when the moment is not valid. */
export function factsFrom(line: Line, now?: string): Facts | undefined {
  const moment = line.now ?? now;
  if (moment === undefined) return undefined;
  const { zone, weekStart, dateOrder, account, rules } = line;
  const entries: readonly Entry[] = account.entries;
  const shortcuts: readonly Shortcut[] = account.shortcuts;
  return makeFacts({ now: moment, zone, weekStart, dateOrder, ...account, entries, shortcuts, rules });
}

interface RowOption {
  readonly label: string;
  readonly detail?: string | undefined;
}

/** One output row for `want: "sentence"` (contracts: `read --jsonl`). */
export interface Row {
  readonly id: string | number;
  readonly outcome: Reading["outcome"]["kind"];
  readonly operations: readonly (Operation | OpenOperation)[];
  readonly question?: { readonly about: Question["about"]; readonly text: string; readonly options: readonly RowOption[]; readonly default?: number | undefined } | undefined;
  readonly refusal?: { readonly code: RefusalCode; readonly message: string } | undefined;
  readonly answer?: { readonly text: string; readonly hours?: number | undefined; readonly rows: readonly { readonly label: string; readonly hours: number }[] } | undefined;
  readonly spans: readonly Span[];
  readonly because: readonly string[];
}

/** A reading as its output row. */
export function toRow(id: string | number, reading: Reading): Row {
  const { outcome, spans, because } = reading;
  const base = { id, outcome: outcome.kind, operations: "operations" in outcome ? outcome.operations : [] };
  const rest = { spans, because };
  switch (outcome.kind) {
    case "question": {
      const { about, text, options } = outcome.question;
      const marked = outcome.question.default === undefined ? {} : { default: outcome.question.default };
      return { ...base, question: { about, text, options: options.map(({ label, detail }) => ({ label, ...(detail === undefined ? {} : { detail }) })), ...marked }, ...rest };
    }
    case "refusal":
      return { ...base, refusal: { code: outcome.code, message: outcome.message }, ...rest };
    case "answer":
      return { ...base, answer: { text: outcome.text, ...(outcome.hours === undefined ? {} : { hours: outcome.hours }), rows: outcome.rows }, ...rest };
    case "proposal":
    case "nothing":
    case "needs-model":
      return { ...base, ...rest };
  }
}
