import * as fc from "fast-check";
import type { Project } from "../core/entry.ts";
const PLAIN = ["Acme", "Globex", "Hooli", "Umbrella", "Vandelay", "Tyrell", "Website", "Redesign", "Portal", "Tracker", "Audit", "Campaign", "Rollout", "Handbook", "Inventory", "Pipeline", "Checkout", "Onboarding", "Billing", "Festival"] as const;
/** Words that are easily taken for a day, a length, a number, a verb or nothing at all. */
const AWKWARD = ["Sunday", "May", "Day", "24/7", "2026", "Half", "Hour", "Phase 2", "Move", "Delete", "Stop", "Start", "Not", "But", "Today", "the", "A", "Ø", "日本", "…", "Now", "Wait", "3h", "Friday Deploys", "Lunch", "Entry", "Note", "Timer", "Überstunden", "x"] as const;
const TASKS = ["Design", "Development", "Meetings", "Testing", "Project Management", "Code Review", "Support", "Training", "Research", "Writing"] as const;

const wordsFrom = (list: readonly string[], most: number): fc.Arbitrary<string> => fc.array(fc.constantFrom(...list), { minLength: 1, maxLength: most }).map((words) => words.join(" "));

function accounts(name: fc.Arbitrary<string>, client: fc.Arbitrary<string>, task: fc.Arbitrary<string>, size: { readonly minLength: number; readonly maxLength: number }): fc.Arbitrary<readonly Project[]> {
  const project = fc.record({ client, name, active: fc.boolean().map((odd) => odd || size.minLength > 0), tasks: fc.uniqueArray(task, { minLength: size.minLength > 0 ? 1 : 0, maxLength: 4 }) });
  return fc.array(project, size).map((projects) => projects.map(({ tasks, ...rest }, n) => ({ id: n + 1, ...rest, tasks: tasks.map((each, at) => ({ id: 100 + at, name: each })) })));
}

/** Accounts as people have them: clients with a few projects each. */
export const ordinaryAccounts = accounts(wordsFrom(PLAIN.slice(6), 2), wordsFrom(PLAIN.slice(0, 6), 1), fc.constantFrom(...TASKS), { minLength: 4, maxLength: 25 });

/** Accounts that are hard to speak of: none or few projects, the same name again and again, names that read like days and commands. */
export const awkwardAccounts = accounts(fc.oneof(wordsFrom(AWKWARD, 3), wordsFrom(PLAIN, 2), fc.string({ maxLength: 12 })), fc.oneof(fc.constant(""), wordsFrom([...PLAIN, ...AWKWARD], 2)), fc.oneof(fc.constantFrom(...TASKS), wordsFrom(AWKWARD, 2), fc.string({ maxLength: 8 })), { minLength: 0, maxLength: 15 });
