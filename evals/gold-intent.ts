import { renderStep } from "../electron/agent/prompt.ts";
import { STEP_SEPARATOR } from "../electron/agent/span-grammar.ts";
import { createScriptedModel } from "../electron/agent/scripted-model.ts";
import { wordsOf } from "../electron/agent/words.ts";
import type { Facts } from "../electron/core/facts.ts";
import type { IntentKind, Quote, QuoteField } from "../electron/core/intent.ts";
import type { OpenOperation, Operation, Outcome } from "../electron/core/outcome.ts";
import { propose } from "../electron/core/propose.ts";
import { loadedAs } from "./agents/loaded.ts";
import { goldOperations } from "./agents/oracle.ts";
import { stintAgent } from "./agents/stint.ts";
import type { EvalCase } from "./case.ts";
import { play } from "./play.ts";
import { score } from "./score.ts";
import { openWorld } from "./world.ts";

/** Longer runs of words name nothing that a shorter one does not. */
const LONGEST_RUN = 6;

type Step = { readonly kind: IntentKind } & Readonly<Partial<Record<QuoteField, Quote>>>;
const FIELDS_OF_RUNS: readonly QuoteField[] = ["when", "hours", "project", "task", "targetWhen", "targetHours", "targetProject"];
/** What a step comes to alone: the operation, though a question may still be open. */
type Alone = Readonly<Partial<Record<string, unknown>>>;

interface Search {
  readonly text: string;
  /** Every run of the sentence's words, shortest first. */
  readonly runs: readonly Quote[];
  readonly outcome: (steps: readonly Step[]) => Outcome;
  readonly alone: (step: Step) => Alone;
}

function searchIn(text: string, facts: Facts): Search {
  const words = wordsOf(text);
  const runs = words.flatMap((first, from) => words.slice(from, from + LONGEST_RUN).map((last) => ({ start: first.start, end: last.end })));
  const outcome = (steps: readonly Step[]): Outcome => propose(text, { by: "model", steps }, facts).outcome;
  const alone = (step: Step): Alone => {
    const result = outcome([step]);
    const [first]: readonly OpenOperation[] = "operations" in result ? result.operations : [];
    if (!first) return {};
    const { set, ...rest }: Alone & { set?: object } = first;
    return { ...rest, ...set };
  };
  return { text, runs: runs.toSorted((a, b) => a.end - a.start - (b.end - b.start)), outcome, alone };
}

const touch = (a: Quote, b: Quote | undefined): boolean => b !== undefined && a.start < b.end && b.start < a.end;
/** Runs that no other field of the step stands on. */
const freeRuns = (search: Search, step: Step, field: QuoteField): readonly Quote[] => search.runs.filter((run) => FIELDS_OF_RUNS.every((other) => other === field || !touch(run, step[other])));

/** The step with one more field: the first run with which all of `wanted` comes out that did before, and `name` too. As it is when no run does it. */
function filled(search: Search, step: Step, field: QuoteField, name: string, wanted: unknown): Step {
  const before = search.alone(step);
  for (const run of freeRuns(search, step, field)) {
    const more = { ...step, [field]: run };
    const now = search.alone(more);
    const kept = Object.keys(before).every((key) => key === name || key === "assumed" || before[key] === "" || now[key] === before[key]);
    if (now[name] === wanted && kept) return more;
  }
  return step;
}

/** The words that a question says were not understood. */
const strayIn = (outcome: Outcome): string | undefined => (outcome.kind === "question" && outcome.question.about === "intent" ? /^"(.+)" is not part of what/s.exec(outcome.question.text)?.[1] : undefined);

/** The steps with the words that nothing used put where they do not change what comes out: "yesterday" beside the entry that is meant anyway. */
function absorbing(search: Search, steps: readonly Step[], rounds = 4): readonly Step[] {
  const now = search.outcome(steps);
  const stray = strayIn(now);
  const at = stray === undefined ? -1 : search.text.indexOf(stray);
  if (stray === undefined || at < 0 || rounds === 0) return steps;
  const values = (outcome: Outcome): string => JSON.stringify("operations" in outcome ? outcome.operations : []);
  const place = { start: at, end: at + stray.length };
  for (const [index, step] of steps.entries()) {
    for (const field of FIELDS_OF_RUNS) {
      for (const run of freeRuns(search, step, field).filter((each) => touch(each, place))) {
        const more = steps.with(index, { ...step, [field]: run });
        const then = search.outcome(more);
        if (values(then) === values(now) && strayIn(then) !== stray) return absorbing(search, more, rounds - 1);
      }
    }
  }
  return steps;
}

function placed(search: Search, start: Step, { project, task, notes }: Alone): Step {
  let step = start;
  if (project !== undefined) step = filled(search, step, "project", "project", project);
  if (task !== undefined && search.alone(step)["task"] !== task) {
    const whole = search.runs.find((run) => search.alone({ ...step, project: run })["task"] === task);
    step = whole ? { ...step, project: whole } : filled(search, step, "task", "task", task);
  }
  return typeof notes === "string" && notes !== "" ? filled(search, step, "note", "notes", notes) : step;
}

/** Words that point at the entry: its names, its day, its length, or none when it is the last one. */
function pointing(search: Search, kind: IntentKind, entry: number): Step {
  const isIt = (step: Step): boolean => search.alone({ ...step, kind: "delete" })["entry"] === entry;
  const fields = ["targetProject", "targetWhen", "targetHours"] as const;
  const single = fields.flatMap((field) => search.runs.map((run): Step => ({ kind, [field]: run })));
  const found = single.find(isIt);
  if (found) return found;
  for (const step of single.filter(({ targetProject }) => targetProject)) for (const run of search.runs) if (isIt({ ...step, targetWhen: run })) return { ...step, targetWhen: run };
  return { kind };
}

function stepFor(search: Search, operation: Operation): Step {
  switch (operation.op) {
    case "add": {
      const step = placed(search, { kind: "add" }, { ...operation });
      return filled(search, filled(search, step, "hours", "hours", operation.hours), "when", "date", operation.date);
    }
    case "start":
      return placed(search, { kind: "start" }, { ...operation });
    case "change": {
      const { date, hours, ...booking } = operation.set;
      let step = placed(search, pointing(search, "change", operation.entry), booking);
      if (hours !== undefined) step = filled(search, step, "hours", "hours", hours);
      return date === undefined ? step : filled(search, step, "when", "date", date);
    }
    case "delete":
      return pointing(search, "delete", operation.entry);
    case "stop":
      return { kind: "stop" };
  }
}

const reply = (text: string, steps: readonly Step[]): string =>
  steps.map(({ kind, ...fields }) => renderStep({ kind, fields: Object.fromEntries(Object.entries(fields).map(([field, run]) => [field, text.slice(run.start, run.end)])) })).join(STEP_SEPARATOR);

/** What may be meant by a question about what is logged: each run as its time, as its subject, and both. */
function asking(search: Search): readonly Step[] {
  const answers = (step: Step): boolean => search.outcome([step]).kind === "answer";
  const times = search.runs.map((run): Step => ({ kind: "ask", when: run })).filter(answers);
  const subjects = search.runs.map((run): Step => ({ kind: "ask", project: run })).filter(answers);
  return [{ kind: "ask" }, ...times.slice(0, 8), ...subjects.slice(0, 8), ...times.slice(0, 4).flatMap((time) => subjects.slice(0, 4).map((subject) => ({ ...time, ...subject })))];
}

/**
 * Replies that a model should give to the last sentence of the case: found by trying the runs of its words against what is expected. None when no
 * run of words says it.
 */
function goldReplies(evalCase: EvalCase, facts: Facts, operations: readonly Operation[]): readonly string[] {
  const text = evalCase.turns.flatMap((turn) => ("say" in turn ? [turn.say] : [])).at(-1) ?? "";
  const search = searchIn(text, facts);
  if (operations.length > 0) {
    const steps = operations.map((operation) => stepFor(search, operation));
    return [reply(text, steps), reply(text, absorbing(search, steps))];
  }
  const asked = evalCase.expect.outcome.includes("answer") ? asking(search).map((step) => reply(text, [step])) : [];
  return [...asked, "none"];
}

/**
 * A reply to the sentence of which our code makes what is expected: the gold intent through the product, as if a model had heard it. Undefined when
 * no reply that could be found leads there, whoever gives it.
 */
export async function goldReply(evalCase: EvalCase): Promise<string | undefined> {
  const opened = await openWorld(evalCase);
  if (opened.kind === "failed") return undefined;
  const { world } = opened;
  const replies = goldReplies(evalCase, world.timesheet.facts(), goldOperations(evalCase, world));
  await world.close();
  for (const said of replies) {
    const played = await play(stintAgent("stint", loadedAs(createScriptedModel(evalCase.turns.map(() => said)), "gold")), evalCase, "accept", 0);
    if (typeof played !== "string" && score(evalCase, played).success) return said;
  }
  return undefined;
}
