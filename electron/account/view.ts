import { describeDate, distance } from "../core/calendar.ts";
import { digest } from "../core/digest.ts";
import type { Entry, IsoDate } from "../core/entry.ts";
import type { Facts } from "../core/facts.ts";
import { formatHours } from "../core/hours.ts";
import type { ChangeSet, Field, OpenOperation, Operation, Outcome, Pin, Question, Reading, SpanRole } from "../core/outcome.ts";
import { getProject, projectLabel } from "../core/projects.ts";
import type { Chip, Mark, OperationView, ReadingView } from "../ipc/contract.ts";

/** "Sun 5 Apr, yesterday": a day as every surface shows it before it is written. */
export function dayWords(date: IsoDate, today: IsoDate): string {
  return `${describeDate(date, today)}, ${distance(date, today)}`;
}

/** "Acme Corp › Website Redesign · Design"; an id that is not in the index any more is shown as such, never hidden. */
export function placeWords(project: number, task: number | undefined, facts: Facts): string {
  const found = getProject(facts.index, project);
  if (!found) return `project ${project}`;
  const taskName = task === undefined ? undefined : found.tasks.find((each) => each.id === task)?.name ?? `task ${task}`;
  return taskName ? `${projectLabel(found)} · ${taskName}` : projectLabel(found);
}

/** Hours on a day once `operations` are saved: what the footer promises and the receipt repeats. */
export function dayTotal(date: IsoDate, facts: Facts, operations: readonly Operation[]): number {
  let entries: { date: IsoDate; hours: number; id?: number }[] = facts.entries.map(({ id, date: on, hours }) => ({ id, date: on, hours }));
  for (const operation of operations) {
    if (operation.op === "add") entries.push({ date: operation.date, hours: operation.hours });
    if (operation.op === "delete") entries = entries.filter((entry) => entry.id !== operation.entry);
    if (operation.op === "change") {
      entries = entries.map((entry) =>
        entry.id === operation.entry ? { ...entry, date: operation.set.date ?? entry.date, hours: operation.set.hours ?? entry.hours } : entry,
      );
    }
  }
  return entries.filter((entry) => entry.date === date).reduce((sum, entry) => sum + entry.hours, 0);
}

interface Parts {
  readonly date?: IsoDate | undefined;
  readonly hours?: number | undefined;
  readonly project?: number | undefined;
  readonly task?: number | undefined;
  readonly notes?: string | undefined;
}

const roleOf: Record<Field, SpanRole> = { date: "when", hours: "hours", project: "project", task: "task", notes: "note" };
const missingWords: Record<Field, string> = { date: "Day needed", hours: "Hours needed", project: "Project needed", task: "Task needed", notes: "Note" };

interface ChipContext {
  readonly facts: Facts;
  readonly reading: Reading;
  readonly index: number;
  readonly pins: readonly Pin[];
  readonly question: Question | undefined;
  readonly assumed: readonly Field[];
}

function chipLabel(field: Field, parts: Parts, facts: Facts): Pick<Chip, "label" | "detail"> | undefined {
  const project = parts.project === undefined ? undefined : getProject(facts.index, parts.project);
  switch (field) {
    case "date":
      return parts.date === undefined ? undefined : { label: describeDate(parts.date, facts.today), detail: distance(parts.date, facts.today) };
    case "hours":
      return parts.hours === undefined ? undefined : { label: formatHours(parts.hours) };
    case "project":
      return project && { label: projectLabel(project) };
    case "task": {
      const task = project?.tasks.find((each) => each.id === parts.task);
      return task && { label: task.name };
    }
    case "notes":
      return parts.notes ? { label: `“${parts.notes}”` } : undefined;
  }
}

function chipOf(field: Field, parts: Parts, context: ChipContext): Chip | undefined {
  const { reading, index, pins, question, assumed, facts } = context;
  const asked = question && question.op === index && question.about === (field === "notes" ? undefined : field);
  const shown = chipLabel(field, parts, facts);
  if (asked) {
    const said = reading.spans.find((span) => span.role === roleOf[field])?.text;
    return said ? { field, label: `${said}?`, detail: question.options.length > 1 ? `${question.options.length} possible` : undefined, state: "ambiguous" } : { field, label: missingWords[field], state: "missing" };
  }
  if (!shown) return undefined;
  if (pins.some((pin) => pin.op === index && pin.field === field)) return { field, ...shown, state: "pinned" };
  if (assumed.includes(field)) return { field, ...shown, detail: shown.detail ?? "assumed", state: "assumed" };
  // Today is the default that no word said: shown as such, so that a forgotten "yesterday" is seen.
  const unsaid = field === "date" && !reading.spans.some((span) => span.role === "when");
  return { field, ...shown, state: unsaid ? "assumed" : "exact" };
}

const chipOrder: readonly Field[] = ["hours", "date", "project", "task", "notes"];

function differencesOf(entry: Entry, set: ChangeSet, facts: Facts): OperationView["differences"] {
  const list: OperationView["differences"] = [];
  if (set.date !== undefined) list.push({ field: "date", before: describeDate(entry.date, facts.today), after: describeDate(set.date, facts.today) });
  if (set.hours !== undefined) list.push({ field: "hours", before: formatHours(entry.hours), after: formatHours(set.hours) });
  if (set.project !== undefined) list.push({ field: "project", before: placeWords(entry.project, undefined, facts), after: placeWords(set.project, undefined, facts) });
  if (set.task !== undefined) {
    const name = (project: number, task: number): string => getProject(facts.index, project)?.tasks.find((each) => each.id === task)?.name ?? `task ${task}`;
    list.push({ field: "task", before: name(entry.project, entry.task), after: name(set.project ?? entry.project, set.task) });
  }
  if (set.notes !== undefined) list.push({ field: "notes", before: entry.notes || "no note", after: set.notes || "no note" });
  return list;
}

function partsOf(operation: OpenOperation | Operation): Parts {
  switch (operation.op) {
    case "add":
      return { date: operation.date, hours: operation.hours, project: operation.project, task: operation.task, notes: operation.notes };
    case "start":
      return { project: operation.project, task: operation.task, notes: operation.notes };
    case "change":
      return operation.set;
    case "delete":
    case "stop":
      return {};
  }
}

function operationView(operation: OpenOperation | Operation, context: ChipContext): OperationView {
  const { facts } = context;
  const parts = partsOf(operation);
  const entryId = operation.op === "change" || operation.op === "delete" || operation.op === "stop" ? operation.entry : undefined;
  const entry = entryId === undefined ? undefined : facts.entries.find((each) => each.id === entryId);
  const chips = chipOrder.flatMap((field) => chipOf(field, parts, context) ?? []);
  const differences = entry && operation.op === "change" ? differencesOf(entry, operation.set, facts) : [];
  const date = operation.op === "change" ? operation.set.date ?? entry?.date : entry?.date ?? parts.date;
  const hours = operation.op === "change" ? operation.set.hours ?? entry?.hours : entry?.hours ?? parts.hours;
  const place = entry ?? parts;
  return {
    op: operation.op === "change" && operation.set.date !== undefined ? "move" : operation.op,
    title: place.project === undefined ? "" : placeWords(place.project, place.task, facts),
    ...(date === undefined ? {} : { when: dayWords(date, facts.today) }),
    ...(hours === undefined ? {} : { hours: formatHours(hours) }),
    ...((entry?.notes ?? parts.notes) ? { notes: entry?.notes ?? parts.notes } : {}),
    differences,
    chips,
  };
}

function statusOf(outcome: Outcome, facts: Facts): string {
  switch (outcome.kind) {
    case "proposal": {
      const dates = new Set<IsoDate>();
      for (const operation of outcome.operations) {
        if (operation.op === "add") dates.add(operation.date);
        if (operation.op === "change" && operation.set.date) dates.add(operation.set.date);
      }
      const [only] = dates;
      if (dates.size === 1 && only) return `Ready. ${describeDate(only, facts.today)} becomes ${formatHours(dayTotal(only, facts, outcome.operations))}`;
      return outcome.operations.length > 1 ? `Ready. ${outcome.operations.length} changes` : "Ready";
    }
    case "question":
      return "Nothing is saved yet";
    case "answer":
      return "From your entries; nothing was changed";
    case "refusal":
      return "Nothing was changed";
    case "needs-model":
      return "The rules cannot read all of this";
    case "nothing":
      return "";
  }
}

function enterLabel(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case "proposal": {
      const [first] = outcome.operations;
      if (outcome.operations.length > 1) return `Save ${outcome.operations.length}`;
      if (first?.op === "start") return "Start timer";
      if (first?.op === "stop") return "Stop timer";
      return first?.op === "delete" ? "Delete" : "Save";
    }
    case "question":
      return outcome.question.options.length > 0 ? "Take" : undefined;
    case "needs-model":
      return "Ask the model";
    case "answer":
    case "refusal":
    case "nothing":
      return undefined;
  }
}

function marksOf(reading: Reading): Mark[] {
  const about = reading.outcome.kind === "question" ? reading.outcome.question.about : undefined;
  const open = about === "date" || about === "hours" || about === "project" || about === "task" ? roleOf[about] : undefined;
  return reading.spans.map(({ start, end, role }) => ({ start, end, role, open: role === open }));
}

/** A reading as the popup and the terminal show it: chips, marks, before → after, one status sentence. */
export function viewOf(reading: Reading, facts: Facts, by: "rules" | "model", pins: readonly Pin[] = []): ReadingView {
  const { outcome } = reading;
  const operations: readonly (OpenOperation | Operation)[] = outcome.kind === "proposal" || outcome.kind === "question" || outcome.kind === "needs-model" ? outcome.operations : [];
  const question = outcome.kind === "question" ? outcome.question : undefined;
  const enter = enterLabel(outcome);
  return {
    text: reading.text,
    kind: outcome.kind,
    by,
    digest: outcome.kind === "proposal" ? digest(outcome.operations) : "",
    preview: outcome.kind === "proposal" && outcome.preview,
    status: statusOf(outcome, facts),
    ...(enter ? { enter } : {}),
    marks: marksOf(reading),
    operations: operations.map((operation, index) =>
      operationView(operation, { facts, reading, index, pins, question, assumed: "assumed" in operation ? operation.assumed ?? [] : [] }),
    ),
    ...(question
      ? {
          question: {
            about: question.about,
            op: question.op,
            text: question.text,
            options: question.options.map((option) => ({ label: option.label, ...(option.detail ? { detail: option.detail } : {}), pins: [...option.pins] })),
            ...(question.default === undefined ? {} : { default: question.default }),
          },
        }
      : {}),
    ...(outcome.kind === "answer"
      ? {
          answer: {
            text: outcome.text,
            rows: outcome.rows.map((row) => ({ label: row.label, hours: formatHours(row.hours) })),
            ...(outcome.hours === undefined ? {} : { total: formatHours(outcome.hours) }),
          },
        }
      : {}),
    ...(outcome.kind === "refusal" ? { refusal: outcome.message } : {}),
    because: [...reading.because],
  };
}
