import { z } from "zod";
import { entrySchema, projectSchema, roundingSchema, shortcutSchema } from "../electron/core/facts-schema.ts";
import { isZone, parseIsoDate } from "../electron/core/time.ts";
import type { IsoDate } from "../electron/core/entry.ts";

/*
 * One eval case: what a person says to an account, and what the account must hold afterwards. The shape is a contract with other
 * programs: fields are added, never changed. Unknown fields are ignored, so that a file may carry its own notes.
 */

const id = z.int();
const isoDate = z.string().transform((text, context): IsoDate => {
  const date = parseIsoDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: "custom", message: "must be a real date, YYYY-MM-DD" });
  return z.NEVER;
});

/** An account: a shipped one by `name`, parts of it replaced, or everything inline. */
const accountRef = z.object({
  name: z.string().optional(),
  projects: z.array(projectSchema).optional(),
  shortcuts: z.array(shortcutSchema).optional(),
  rounding: roundingSchema.nullish().transform((rounding) => rounding ?? undefined),
  entries: z.array(entrySchema).optional(),
  last: id.nullish().transform((last) => last ?? undefined),
});

const changedFields = z.object({
  id,
  date: isoDate.optional(),
  hours: z.number().optional(),
  project: id.optional(),
  task: id.optional(),
  notes: z.string().optional(),
  running: z.boolean().optional(),
});
const addedFields = changedFields.omit({ id: true });

/**
 * `say`: a sentence; what it comes to is confirmed unless the next turn is `decline`. `answer`: a number picks that option, a string is
 * typed. `undo`: the newest saved sentence is taken back. `meanwhile`: somebody else changes entries between the preview and Enter.
 */
const turn = z.union([
  z.object({ say: z.string() }),
  z.object({ answer: z.union([z.int().min(0), z.string()]) }),
  z.object({ undo: z.literal(true) }),
  z.object({ decline: z.literal(true) }),
  z.object({ meanwhile: z.object({ changed: z.array(changedFields).default([]), deleted: z.array(id).default([]) }) }),
]);
export type Turn = z.infer<typeof turn>;

const kinds = z.enum(["saved", "question", "refusal", "answer", "nothing", "needs-model"]);
export type CaseOutcome = z.infer<typeof kinds>;
const listOf = <T extends z.ZodType>(one: T) => z.union([one.transform((value) => [value]), z.array(one).min(1)]);

const expectation = z.object({
  outcome: listOf(kinds),
  /** What the open question must be about. */
  about: listOf(z.enum(["date", "hours", "project", "task", "entry", "split", "intent"])).optional(),
  added: z.array(addedFields).default([]),
  changed: z.array(changedFields).default([]),
  deleted: z.array(id).default([]),
  answerHas: z.array(z.string()).default([]),
});
export type Expectation = z.infer<typeof expectation>;
export type ExpectedEntry = z.infer<typeof addedFields>;
export type ExpectedChange = z.infer<typeof changedFields>;

const faultPlan = z.object({ fault: z.string(), method: z.enum(["GET", "POST", "PATCH", "DELETE"]).optional(), path: z.string().optional(), times: z.int().positive().optional() });

const caseSchema = z.object({
  id: z.union([z.string().min(1), z.number().transform(String)]),
  dimension: z.string().default("other"),
  /** Who should reach it: the rules alone, or only a model ("needs-model" is then the rules' right answer). */
  by: z.enum(["rules", "model"]).default("rules"),
  /** "article": one of the kinds of sentence of the first published suite. */
  source: z.string().optional(),
  now: z.string(),
  zone: z.string().refine(isZone, "must be an IANA time zone").default("UTC"),
  weekStart: z.enum(["monday", "sunday", "saturday"]).default("monday"),
  dateOrder: z.enum(["MDY", "DMY", "YMD"]).default("MDY"),
  account: accountRef.default({ rounding: undefined, last: undefined }),
  turns: z.array(turn).min(1),
  /** Faults that the emulated Harvest shows while this case runs. */
  faults: z.array(faultPlan).default([]),
  expect: expectation,
});

/** A case as it is run. `variant` names how it was made from the case `base`; base cases have "base" and themselves. */
export type EvalCase = z.infer<typeof caseSchema> & { readonly base: string; readonly variant: string };

/** A line that cannot be used: where, and why in one sentence that does not repeat its content. */
export interface CaseProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

function readLine(text: string): EvalCase | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "not valid JSON";
  }
  const parsed = caseSchema.safeParse(value);
  if (parsed.success) return { ...parsed.data, base: parsed.data.id, variant: "base" };
  const [issue] = parsed.error.issues;
  return `"${issue?.path.join(".") || "case"}" is not as expected: ${issue?.message ?? "unknown shape"}`;
}

/** The cases of one file's text. A line with an error is named and left out; the others are read. */
export function readCases(file: string, text: string): { readonly cases: readonly EvalCase[]; readonly problems: readonly CaseProblem[] } {
  const cases: EvalCase[] = [];
  const problems: CaseProblem[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text.replace(/^\uFEFF/, "").split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const read = readLine(line);
    const problem = typeof read === "string" ? read : seen.has(read.id) ? `the id "${read.id}" is used twice` : undefined;
    if (problem !== undefined || typeof read === "string") problems.push({ file, line: index + 1, message: problem ?? "" });
    else {
      seen.add(read.id);
      cases.push(read);
    }
  }
  return { cases, problems };
}
