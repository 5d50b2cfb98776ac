import type { IsoDate } from "../core/entry.ts";
import type { Meaning, MeantOperation, SaidStep, ShortCase } from "./case.ts";

/*
 * The forty sentences. They are said on Wednesday 8 April 2026 at ten in the morning, to an account in which project a has an entry of
 * 2 h on Tuesday, b one of 3 h on Monday and c one of 1.5 h on Friday. Thirty-two of them are beyond the rules; the others are not,
 * and a model must leave them as they are. What is said in them was written for this form and stands nowhere else.
 */

/** Names these sentences: a score belongs to one version of them, so a changed sentence or another rule of scoring raises it. */
export const SUITE = "short-form-1";

export const TODAY: IsoDate = "2026-04-08";
export const TUESDAY: IsoDate = "2026-04-07";
export const MONDAY: IsoDate = "2026-04-06";
export const FRIDAY: IsoDate = "2026-04-03";

const nothing: Meaning = { kind: "nothing" };
const none: SaidStep = { kind: "none", fields: {} };
const does = (...operations: readonly MeantOperation[]): Meaning => ({ kind: "operations", operations });
const said = (kind: SaidStep["kind"], fields: SaidStep["fields"] = {}): SaidStep => ({ kind, fields });
const one = (id: string, say: string, step: SaidStep, means: Meaning): ShortCase => ({ id, say, steps: [step], means });


/** Entries that are not there yet, in words that the rules leave to a model. */
const adds: readonly ShortCase[] = [
  one("add-mostly", "yesterday went mostly to {a.project} {a.task}, say 3 hours", said("add", { when: "yesterday", hours: "3 hours", project: "{a.project}", task: "{a.task}" }), does({ op: "add", project: "a", date: TUESDAY, hours: 3 })),
  one("add-it-was", "it was {b.client} {b.task} that took 2 hours of my monday", said("add", { when: "monday", hours: "2 hours", project: "{b.client}", task: "{b.task}" }), does({ op: "add", project: "b", date: MONDAY, hours: 2 })),
  one("add-lacks", "somehow monday lacks 90 minutes of {c.project} {c.task}", said("add", { when: "monday", hours: "90 minutes", project: "{c.project}", task: "{c.task}" }), does({ op: "add", project: "c", date: MONDAY, hours: 1.5 })),
  one("add-because", "on monday, 2 hours, {a.client} {a.task}, because of the outage", said("add", { when: "monday", hours: "2 hours", project: "{a.client}", task: "{a.task}", note: "because of the outage" }), does({ op: "add", project: "a", date: MONDAY, hours: 2, notes: "because of the outage" })),
  one("add-instead", "I did 1h {b.project} {b.task} yesterday instead of lunch", said("add", { when: "yesterday", hours: "1h", project: "{b.project}", task: "{b.task}", note: "instead of lunch" }), does({ op: "add", project: "b", date: TUESDAY, hours: 1, notes: "instead of lunch" })),
  one("add-only", "monday 2h {a.initials} {a.task}, only the tests", said("add", { when: "monday", hours: "2h", project: "{a.initials}", task: "{a.task}", note: "only the tests" }), does({ op: "add", project: "a", date: MONDAY, hours: 2, notes: "only the tests" })),
  one("add-break", "friday: {a.project} {a.task}, 4h, without a break", said("add", { when: "friday", hours: "4h", project: "{a.project}", task: "{a.task}", note: "without a break" }), does({ op: "add", project: "a", date: FRIDAY, hours: 4, notes: "without a break" })),
  {
    id: "add-two", say: "2h {a.client} {a.task} because of the outage and 1h {b.client} {b.task}, both on monday",
    steps: [said("add", { when: "monday", hours: "2h", project: "{a.client}", task: "{a.task}", note: "because of the outage" }), said("add", { when: "monday", hours: "1h", project: "{b.client}", task: "{b.task}" })],
    means: does({ op: "add", project: "a", date: MONDAY, hours: 2, notes: "because of the outage" }, { op: "add", project: "b", date: MONDAY, hours: 1 }),
  },
];

/** Entries that are there and were wrong. */
const corrections: readonly ShortCase[] = [
  one("change-longer", "{b.client} on monday took longer than that, 4h", said("change", { targetWhen: "monday", targetProject: "{b.client}", hours: "4h" }), does({ op: "change", entry: "b", hours: 4 })),
  one("change-but", "you have {b.client} on monday with 3h but it was 4h", said("change", { targetWhen: "monday", targetProject: "{b.client}", targetHours: "3h", hours: "4h" }), does({ op: "change", entry: "b", hours: 4 })),
  one("change-wrong", "{c.project} friday is wrong, it was 2h", said("change", { targetWhen: "friday", targetProject: "{c.project}", hours: "2h" }), does({ op: "change", entry: "c", hours: 2 })),
  one("change-not", "for {b.project} on monday 2h would be right, not 3h", said("change", { targetWhen: "monday", targetProject: "{b.project}", hours: "2h", targetHours: "3h" }), does({ op: "change", entry: "b", hours: 2 })),
  one("change-place", "charge monday's {b.client} to {a.client} instead", said("change", { targetWhen: "monday's", targetProject: "{b.client}", project: "{a.client}" }), does({ op: "change", entry: "b", project: "a" })),
  one("change-thing", "that {b.client} thing on monday was for {c.client}", said("change", { targetWhen: "monday", targetProject: "{b.client}", project: "{c.client}" }), does({ op: "change", entry: "b", project: "c" })),
  one("move-but", "I put {b.client} on monday but that was tuesday", said("move", { targetWhen: "monday", targetProject: "{b.client}", when: "tuesday" }), does({ op: "change", entry: "b", date: TUESDAY })),
  one("move-wasnt", "{b.project} wasn't on monday, it was on tuesday", said("move", { targetWhen: "monday", targetProject: "{b.project}", when: "tuesday" }), does({ op: "change", entry: "b", date: TUESDAY })),
  one("move-really", "monday's {b.client} entry really happened on friday", said("move", { targetWhen: "monday's", targetProject: "{b.client}", when: "friday" }), does({ op: "change", entry: "b", date: FRIDAY })),
  one("copy-again", "friday's {c.project} again, but for today", said("copy", { targetWhen: "friday's", targetProject: "{c.project}", when: "today" }), does({ op: "add", project: "c", date: TODAY, hours: 1.5 })),
  one("copy-too", "today too: monday's {b.project}", said("copy", { targetWhen: "monday's", targetProject: "{b.project}", when: "today" }), does({ op: "add", project: "b", date: TODAY, hours: 3 })),
  one("delete-need", "I don't need {b.client} on monday any more, delete it", said("delete", { targetWhen: "monday", targetProject: "{b.client}" }), does({ op: "delete", entry: "b" })),
  one("delete-why", "why is {c.client} on friday? I wasn't even there, delete it", said("delete", { targetWhen: "friday", targetProject: "{c.client}" }), does({ op: "delete", entry: "c" })),
  one("delete-drop", "I wasn't working on monday, drop {b.client}", said("delete", { targetWhen: "monday", targetProject: "{b.client}" }), does({ op: "delete", entry: "b" })),
];

/** The timer, questions about what is logged, and what is nothing for Stint. */
const rest: readonly ShortCase[] = [
  one("start-now", "time starts now for {a.project} {a.task}", said("start", { project: "{a.project}", task: "{a.task}" }), does({ op: "start", project: "a" })),
  one("start-forget", "before I forget, start the timer for {b.client} {b.task}", said("start", { project: "{b.client}", task: "{b.task}" }), does({ op: "start", project: "b" })),
  { ...one("stop-lunch", "I'm off to lunch, stop the timer", said("stop"), does({ op: "stop", entry: "a" })), timer: "a" },
  one("ask-how-come", "how come I only have so little on {b.client} this week", said("ask", { when: "this week", project: "{b.client}" }), { kind: "answer", hours: 3 }),
  one("ask-enough", "do I have enough on {a.client} this week", said("ask", { when: "this week", project: "{a.client}" }), { kind: "answer", hours: 2 }),
  one("ask-where", "where did my monday go", said("ask", { when: "monday" }), { kind: "answer", hours: 3 }),
  one("none-think", "what do you think about {b.client}", none, nothing),
  one("none-weekend", "can't wait for the weekend", none, nothing),
  one("none-game", "who won the game last night", none, nothing),
  one("none-not-helping", "you're not helping me", none, nothing),
];

/** What the rules read by themselves: a model must not get in their way. */
const plain: readonly ShortCase[] = [
  one("plain-add", "2h {a.project} {a.task} yesterday", said("add", { when: "yesterday", hours: "2h", project: "{a.project}", task: "{a.task}" }), does({ op: "add", project: "a", date: TUESDAY, hours: 2 })),
  one("plain-initials", "1.5h {b.initials} {b.task} monday", said("add", { when: "monday", hours: "1.5h", project: "{b.initials}", task: "{b.task}" }), does({ op: "add", project: "b", date: MONDAY, hours: 1.5 })),
  one("plain-move", "move monday's {b.client} to tuesday", said("move", { targetWhen: "monday's", targetProject: "{b.client}", when: "tuesday" }), does({ op: "change", entry: "b", date: TUESDAY })),
  one("plain-change", "make friday's {c.client} 2h", said("change", { targetWhen: "friday's", targetProject: "{c.client}", hours: "2h" }), does({ op: "change", entry: "c", hours: 2 })),
  one("plain-delete", "delete friday's {c.client}", said("delete", { targetWhen: "friday's", targetProject: "{c.client}" }), does({ op: "delete", entry: "c" })),
  one("plain-start", "start {a.client} {a.task}", said("start", { project: "{a.client}", task: "{a.task}" }), does({ op: "start", project: "a" })),
  one("plain-ask", "how much on {b.client} this week", said("ask", { when: "this week", project: "{b.client}" }), { kind: "answer", hours: 3 }),
  one("plain-thanks", "thanks, that was quick", none, nothing),
];

/** The form itself, kinds taking turns, so that what is known after a few sentences is like what is known at the end. */
export const CASES: readonly ShortCase[] = mixed([adds, corrections, rest, plain]);

function mixed(lists: readonly (readonly ShortCase[])[]): readonly ShortCase[] {
  const placed = lists.flatMap((list) => list.map((short, n) => ({ short, place: (n + 0.5) / list.length })));
  return placed.toSorted((x, y) => x.place - y.place).map(({ short }) => short);
}
