import { dayLabel } from "../../electron/core/date-meaning.ts";
import type { IsoDate } from "../../electron/core/entry.ts";
import type { Facts } from "../../electron/core/facts.ts";
import { formatHours } from "../../electron/core/hours.ts";
import type { OpenOperation, Operation } from "../../electron/core/outcome.ts";
import { readPhrase } from "../../electron/core/phrase.ts";
import { indexProjects } from "../../electron/core/projects.ts";
import { read } from "../../electron/core/read.ts";

/*
 * The tables of docs/reading.md, made by the reader itself: what a page says about reading is what the code does.
 */

const TODAY: IsoDate = "2026-04-06";
const projects = [
  { id: 1, client: "Acme Corp", name: "Website Redesign", active: true, tasks: [{ id: 11, name: "Design" }, { id: 12, name: "Development" }] },
  { id: 2, client: "Globex", name: "API Platform", active: true, tasks: [{ id: 12, name: "Development" }] },
  { id: 3, client: "Initech", name: "Billing Phase 2", active: true, tasks: [{ id: 12, name: "Development" }] },
];
const facts: Facts = {
  today: TODAY, time: "16:00", zone: "America/New_York", weekStart: "monday", dateOrder: "MDY", index: indexProjects(projects),
  shortcuts: [{ name: "standup", project: 2, task: 12, notes: "Standup", hours: 0.25 }],
  entries: [
    { id: 1, date: "2026-04-05", hours: 2, project: 1, task: 11, notes: "header", running: false },
    { id: 2, date: "2026-03-31", hours: 3, project: 2, task: 12, notes: "", running: false },
  ],
  last: 1,
};

const DAYS = [
  "today", "yesterday", "the day before yesterday", "3 days ago", "two weeks ago", "a week from now", "2 days before yesterday", "Friday", "Monday", "this Friday", "this Sunday", "last Friday", "last Monday", "last Wednesday", "past Friday",
  "next Monday", "next Friday", "coming Friday", "two Fridays ago", "Friday before last", "Friday last week", "Monday of next week", "Monday of week 14", "the 3rd", "the 8th", "the first of last month", "March 5", "5 March 2025", "3/5", "13/3", "2026-04-03", "Friday the 3rd",
  "Tuesday March 31", "Monday 2026-04-07", "30 Feb", "end of last month", "end of next month", "beginning of the month", "mid March", "last night", "gestern", "letzten Freitag", "vor 3 Tagen",
];
const SPANS = ["Mon-Fri", "Monday to Wednesday", "March 3-5", "last week", "this week so far", "last month", "this quarter", "the last 3 days", "last weekend", "in March", "in week 14"];
const LENGTHS = [
  "2h", "1.5h", "1,5h", "90 min", "1:30", "1h30", "1 hour thirty", "half an hour", "an hour and a half", "2½h", "a couple of hours", "90", "half a day", "a few hours", "2-3 hours", "0h", "25h", "9-5", "9-11:30", "11-1", "from 2pm to 4", "22:00 to 1:00",
  "9-11:30 and 1-3", "9 to 5 minus an hour for lunch", "nine to half past four", "11am to 9am", "anderthalb Stunden",
];
const SENTENCES = [
  "2h acme design yesterday", "acme design: fixed the header, 45m", "2h globex and 1h initech on Friday", "standup", "split 3h between globex and initech", "1h each on globex and initech", "2h globex and initech", "30m globex every day Mon-Wed", "2h globex Thursday and Friday",
  "globex for the rest of the day to 8h", "2h intiech", "2h soylent", "make that 3h", "should have been globex", "move yesterday's entry to Friday", "add 30 min to yesterday's acme entry", "rename the note to footer", "same as yesterday", "copy Tuesday's entry to Thursday", "delete the last one",
  "start globex", "how much on acme this month", "what's missing last week", "am I at 40 yet", "don't log 2h globex", "maybe 2h globex", "Kim did 3h on globex",
];

const day = (date: IsoDate): string => dayLabel(date, TODAY);

function phrase(text: string): string {
  const found = readPhrase(text, facts);
  if (!found) return "nothing";
  if ("ask" in found) {
    const options = found.ask === "date" ? found.options.map(day) : found.options.map(formatHours);
    return options.length > 0 ? `asks: ${options.join(" or ")}` : "asks";
  }
  if ("range" in found) return `${day(found.range.start)} to ${day(found.range.end)}`;
  if ("hours" in found) return formatHours(found.hours);
  return day(found.date);
}

const name = (id: number | undefined): string => projects.find((project) => project.id === id)?.client ?? "?";

function operation(each: Operation | OpenOperation): string {
  const said = (hours: number | undefined): string => (hours === undefined ? "?" : formatHours(hours));
  switch (each.op) {
    case "add":
      return `${said(each.hours)} ${name(each.project)} on ${each.date === undefined ? "?" : day(each.date)}${each.notes ? `, “${each.notes}”` : ""}`;
    case "change": {
      const { date, hours, project, notes } = each.set;
      return `change: ${[date && day(date), hours !== undefined && formatHours(hours), project !== undefined && name(project), notes !== undefined && `“${notes}”`].filter(Boolean).join(", ")}`;
    }
    case "delete":
      return "delete it";
    case "start":
      return `timer on ${name(each.project)}`;
    case "stop":
      return "stop the timer";
  }
}

function sentence(text: string): string {
  const { outcome } = read(text, facts);
  switch (outcome.kind) {
    case "proposal":
      return outcome.operations.map(operation).join("; ");
    case "question":
      return `asks: ${outcome.question.text}`;
    case "answer":
      return outcome.text;
    case "refusal":
      return outcome.message;
    case "nothing":
      return "nothing is booked";
    case "needs-model":
      return "a model is asked";
  }
}

function table(head: string, rows: readonly string[], said: (text: string) => string): string {
  return [`| ${head} | is read as |`, "|---|---|", ...rows.map((row) => `| ${row.replaceAll("|", "\\|")} | ${said(row).replaceAll("|", "\\|")} |`)].join("\n");
}

/** The tables of docs/reading.md as Markdown: each phrase with what the reader makes of it on Monday 6 April 2026. */
export function readingTables(): string {
  return [
    "## Days", table("you type", DAYS, phrase), "## Spans of days", table("you type", SPANS, phrase), "## Lengths", table("you type", LENGTHS, phrase), "## Whole sentences", table("you type", SENTENCES, sentence),
  ].join("\n\n");
}
