import type { Facts } from "../core/facts.ts";
import type { Intent, IntentStep, QuoteField } from "../core/intent.ts";
import type { Operation, Outcome } from "../core/outcome.ts";
import { propose } from "../core/propose.ts";
import { read } from "../core/read.ts";
import { weigh } from "../core/weigh.ts";
import { ENTRY_OF, factsFor, type MeasuredAccount, type Roles } from "./account.ts";
import { ROLES, type Meaning, type MeantOperation, type Role, type ShortCase } from "./case.ts";
import { isSame } from "./judge.ts";
import { callsIn, type NamedProject, type Style } from "./names.ts";

/**
 * A sentence with names in it, the facts that it is said to, what a perfect model would hear in it, and what that comes to. `own`: all
 * names in it are the user's; `asks`: the rules cannot claim it.
 */
export interface PreparedCase {
  readonly id: string;
  readonly text: string;
  readonly facts: Facts;
  readonly intent: Intent;
  readonly expected: Outcome;
  readonly own: boolean;
  readonly asks: boolean;
}

/** As many different castings of a sentence are tried in one account, and as many ways to call its projects. */
const CASTINGS = 6;
const WAYS = 4;

const PLACEHOLDER = /\{([abc])(?:\.(client|project|initials|task))?\}/gu;

const isRole = (text: string): text is Role => ROLES.some((role) => role === text);
const isStyle = (text: string | undefined): text is Style => text === "client" || text === "project" || text === "initials";

function fill(template: string, roles: Roles, way: number): string {
  return template.replace(PLACEHOLDER, (whole, role: string, part: string | undefined) => {
    if (!isRole(role)) return whole;
    if (part === "task") return roles[role].taskWords;
    const calls = callsIn(roles[role], isStyle(part) ? part : undefined);
    return calls[Math.min(way, calls.length - 1)] ?? whole;
  });
}

const QUOTED: readonly QuoteField[] = ["targetWhen", "targetHours", "targetProject", "when", "hours", "project", "task", "note"];

/** The gold intent: each part as the run of the sentence that says it; undefined when a part does not stand in the sentence exactly once. */
function intentOf(text: string, short: ShortCase, fillIn: (template: string) => string): Intent | undefined {
  const steps: IntentStep[] = [];
  for (const step of short.steps) {
    const quotes: Partial<Record<QuoteField, { start: number; end: number }>> = {};
    for (const field of QUOTED) {
      const template = step.fields[field];
      if (template === undefined) continue;
      const words = fillIn(template);
      const start = text.indexOf(words);
      if (start < 0 || text.includes(words, start + 1)) return undefined;
      quotes[field] = { start, end: start + words.length };
    }
    steps.push({ kind: step.kind, ...quotes });
  }
  return { by: "model", steps };
}

function agrees(operation: Operation, meant: MeantOperation, roles: Roles): boolean {
  switch (meant.op) {
    case "add":
      return operation.op === "add" && operation.project === roles[meant.project].project.id && operation.task === roles[meant.project].task.id && operation.date === meant.date && operation.hours === meant.hours && operation.notes === (meant.notes ?? "");
    case "change":
      return operation.op === "change" && operation.entry === ENTRY_OF[meant.entry] && operation.set.date === meant.date && operation.set.hours === meant.hours && operation.set.project === (meant.project === undefined ? undefined : roles[meant.project].project.id) && operation.set.notes === undefined;
    case "delete":
      return operation.op === "delete" && operation.entry === ENTRY_OF[meant.entry];
    case "start":
      return operation.op === "start" && operation.project === roles[meant.project].project.id && operation.notes === "";
    case "stop":
      return operation.op === "stop" && operation.entry === ENTRY_OF[meant.entry];
  }
}

/** Whether an outcome is what the sentence means, by what is written beside it and not by what the core makes of it. */
function isMeant(outcome: Outcome, meaning: Meaning, roles: Roles): boolean {
  switch (meaning.kind) {
    case "operations":
      return outcome.kind === "proposal" && outcome.operations.length === meaning.operations.length && meaning.operations.every((meant, n) => outcome.operations.some((operation, at) => at === n && agrees(operation, meant, roles)));
    case "answer":
      return outcome.kind === "answer" && outcome.hours === meaning.hours;
    case "nothing":
      return outcome.kind === "nothing";
  }
}

/** The sentence with these projects in it; undefined when their names make something else of it than it means. */
function cast(short: ShortCase, account: MeasuredAccount, roles: Roles, way: number): PreparedCase | undefined {
  const fillIn = (template: string): string => fill(template, roles, way);
  const text = fillIn(short.say);
  const facts = factsFor(account.index, roles, short.timer);
  const intent = intentOf(text, short, fillIn);
  if (!intent) return undefined;
  const { outcome } = propose(text, intent, facts);
  // To hear that there is nothing to do is right whatever the core calls it.
  const expected: Outcome = short.means.kind === "nothing" ? { kind: "nothing" } : outcome;
  // What the rules know beside the model may turn even a right answer into a question: such a sentence would measure nothing.
  if (!isMeant(expected, short.means, roles) || !isSame(weigh(text, intent, facts).outcome, expected)) return undefined;
  const ruled = read(text, facts).outcome;
  if (ruled.kind !== "needs-model" && !isSame(ruled, expected)) return undefined;
  const named = ROLES.filter((role) => short.say.includes(`{${role}`));
  return { id: short.id, text, facts, intent, expected, own: named.every((role) => account.own.has(roles[role].project.id)), asks: ruled.kind === "needs-model" };
}

function rolesAt(pool: readonly NamedProject[], from: number): Roles | undefined {
  const at = (n: number): NamedProject | undefined => pool[(from + n) % pool.length];
  const [a, b, c] = [at(0), at(1), at(2)];
  return a && b && c && pool.length >= ROLES.length ? { a, b, c } : undefined;
}

/**
 * Fills a sentence from the first account in which it can be said and means what it should. The same accounts always give the same
 * sentence; `turn` is its place in the form, so that all projects have their turn. Throws when no account will do: the last one always does.
 */
export function prepare(short: ShortCase, turn: number, accounts: readonly MeasuredAccount[]): PreparedCase {
  for (const account of accounts) {
    for (let casting = 0; casting < Math.min(CASTINGS, account.pool.length); casting += 1) {
      const roles = rolesAt(account.pool, turn + casting);
      for (let way = 0; roles && way < WAYS; way += 1) {
        const prepared = cast(short, account, roles, way);
        if (prepared) return prepared;
      }
    }
  }
  throw new Error(`No account gives the sentence ${short.id}.`);
}
