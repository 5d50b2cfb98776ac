/** Sentences of every kind, made from the names of an account; the same on every run. */
import { createRandom, pick } from "./account.mjs";

/** Wordings of dates that every library claims to know: what all of them are timed on. */
export const DATE_SENTENCES = [
  "yesterday", "today", "3 days ago", "two weeks ago", "last friday", "next monday", "on tuesday", "this wednesday", "March 5", "5 March 2026", "March 5th, 2026", "3/5/2026", "2026-03-31", "Thu Mar 5",
  "the 3rd of march", "last week", "next week", "from monday to wednesday", "March 2 - March 5", "last month", "in 3 days", "a month ago", "friday last week", "monday, 30 march",
  "I worked on the new website yesterday", "we met on march 5 about the launch", "call with the client last friday", "2 hours on tuesday for the report", "review from 9am to 11am yesterday", "nothing was due in this one at all",
];

const DAYS = ["", " yesterday", " on friday", " last tuesday", " march 5", " 3 days ago", " on the 3rd", " this morning"];
const HOURS = ["2h", "1.5h", "90 min", "1h30", "an hour and a half", "45m", "9-11:30", "from 2pm to 4"];
const FILLER = "we talked about the plan and what is still open then I wrote it down for everybody who could not be there and sent it round with the drawings".split(" ");
const UNKNOWN = "quarzel flibberton wexandria mockingbird superfluous hexadecimal zylographic undertaking kaleidoscope jabberwock".split(" ");

const typo = (random, word) => {
  if (word.length < 5) return `${word}${word.at(-1)}`;
  const at = 1 + Math.floor(random() * (word.length - 2));
  return random() < 0.5 ? word.slice(0, at) + word.slice(at + 1) : word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
};

/** kind → 60 sentences. `phrase` kinds name no project. */
export function sentencesOf({ projects }) {
  const random = createRandom(7);
  const active = projects.filter((project) => project.active);
  const any = (list) => pick(random, list);
  const project = () => any(active);
  const word = (name) => name.toLowerCase().split(" ")[0];
  const short = (each) => `${word(each.client)} ${word(each.name)}`;
  const full = (each) => `${each.client} ${each.name}`;
  const task = (each) => any(each.tasks).name.toLowerCase();
  const kinds = {
    "add, two words": () => `${any(HOURS)} ${short(project())}${any(DAYS)}`,
    "add, full name and task": () => { const each = project(); return `${any(HOURS)} ${full(each)} ${task(each)}${any(DAYS)}`; },
    "add, client only": () => `${any(HOURS)} ${word(project().client)}${any(DAYS)}`,
    "add, common word only": () => `${any(HOURS)} ${word(project().name)}${any(DAYS)}`,
    "add, task only": () => `${any(HOURS)} ${task(project())}${any(DAYS)}`,
    "add, with a note": () => `${any(HOURS)} ${short(project())}${any(DAYS)}: ${FILLER.slice(0, 3 + Math.floor(random() * 8)).join(" ")}`,
    "several entries": () => `2h ${short(project())}, 3h ${short(project())} and 45 min ${short(project())}${any(DAYS)}`,
    "one typing slip": () => { const each = project(); return `2h ${typo(random, word(each.client))} ${word(each.name)}${any(DAYS)}`; },
    "two typing slips": () => { const each = project(); return `2h ${typo(random, word(each.client))} ${typo(random, word(each.name))}${any(DAYS)}`; },
    "unknown words": () => `2h ${any(UNKNOWN)} ${any(UNKNOWN)}${any(DAYS)}`,
    "six unknown words": () => `2h ${Array.from({ length: 6 }, () => any(UNKNOWN)).join(" ")}${any(DAYS)}`,
    "while typing": () => { const text = `2h ${full(project())}${any(DAYS)}`; return text.slice(0, 1 + Math.floor(random() * text.length)); },
    "one letter": () => any("abcdefghijklmnopqrstuvwxyz".split("")),
    shortcut: () => `30m standup${any(DAYS)}`,
    change: () => any([`make that 3h`, `should have been ${short(project())}`, `actually it was tuesday`, `add 30 min to the ${word(project().client)} entry`, `no, 2h not 3h`]),
    move: () => `move ${any(["tuesday's", "yesterday's", "the last"])} ${word(project().client)} entry to ${any(["monday", "friday", "april 2"])}`,
    copy: () => any([`same as yesterday`, `copy monday to wednesday`, `copy yesterday's ${word(project().client)} entry to today`]),
    delete: () => any([`delete the ${word(project().client)} entry from tuesday`, `delete that`, `remove yesterday's standup`]),
    timer: () => any([`start ${short(project())}`, `stop`, `switch to ${short(project())}`, `start the timer on ${short(project())} ${task(project())}`]),
    question: () => any([`how much on ${word(project().client)} this month`, `what did I do tuesday`, `what's missing this week`, `am I at 40 yet`, `total for ${short(project())} last week`]),
    "long sentence (400 characters)": () => `${any(HOURS)} ${short(project())}${any(DAYS)} ${`${FILLER.join(" ")} `.repeat(3)}`.slice(0, 400),
    "nothing in it": () => FILLER.slice(Math.floor(random() * 10), 12 + Math.floor(random() * 12)).join(" "),
  };
  return Object.fromEntries(Object.entries(kinds).map(([kind, make]) => [kind, Array.from({ length: 60 }, make)]));
}

/** A text of that many characters as a person may paste it: entries, notes and lines. */
export function paste({ projects }, length) {
  const random = createRandom(11);
  const lines = [];
  for (let size = 0; size < length; size += lines.at(-1).length + 1) {
    const each = pick(random, projects);
    lines.push(`${pick(random, HOURS)} ${each.client} ${each.name}${pick(random, DAYS)}: ${FILLER.slice(0, Math.floor(random() * FILLER.length)).join(" ")}`);
  }
  return lines.join("\n").slice(0, length);
}
