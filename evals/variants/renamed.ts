import type { Project } from "../../electron/core/entry.ts";
import { shippedProjects } from "../accounts/accounts.ts";
import type { EvalCase } from "../case.ts";
import { seeded, seedOf } from "./seeded.ts";
import { textsOf, withTexts } from "./texts.ts";

/** Accounts whose names are what is tested, or too many: only other projects are put beside them. */
const KEPT: ReadonlySet<string> = new Set(["names", "big"]);
const ONSETS = "b br d dr f g k kl l m n p pr r s t tr v z".split(" ");
const VOWELS = "a e i o u".split(" ");
/** Words that no sentence of a case begins to say. */
const DISTRACTORS = ["Quillfeather", "Obsidiana", "Yggdrasil", "Zwolle", "Xanadu", "Fjordland", "Umlaufbahn", "Jabberwock", "Vexillum", "Kumquat", "Ozymandias", "Wyvern", "Ixtapa", "Hullabaloo", "Gnocchi", "Eucalypt"];
const WORD = /[\p{L}\p{N}]+/gu;

const folded = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** Words that no one knows, with the first letter of the old one, so that initials still fit. */
function invented(word: string): string {
  const next = seeded(seedOf(word));
  const part = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? "";
  let made = word.charAt(0);
  if (!/[aeiou]/i.test(made)) made += part(VOWELS);
  while (made.length < word.length + 1) made += part(ONSETS) + part(VOWELS);
  return made.slice(0, Math.max(5, word.length + 1));
}

/** How far two short words are from each other, in letters; more than `limit` is as good as far. */
function isNear(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return (row.at(-1) ?? limit + 1) <= limit;
}

/** The client words of an account that may go by another name, longest first. */
function clientWords(projects: readonly Project[]): readonly string[] {
  const words = new Set(projects.flatMap((project) => project.client.match(WORD) ?? []).filter((word) => word.length >= 4 && /^[A-Za-z]+$/.test(word)));
  const elsewhere = new Set(projects.flatMap((project) => [project.name, ...project.tasks.map((task) => task.name)].flatMap((name) => name.match(WORD) ?? []).map(folded)));
  return [...words].filter((word) => !elsewhere.has(folded(word)));
}

type Renaming = ReadonlyMap<string, string>;

/** "acm" becomes as much of the new word; every way of writing it large or small is kept. */
function renameWord(token: string, renaming: Renaming): string {
  const low = folded(token);
  for (const [old, made] of renaming) {
    if (low.length < 3 || !folded(old).startsWith(low)) continue;
    const now = low.length === old.length ? made : made.slice(0, low.length);
    return token === token.toUpperCase() ? now.toUpperCase() : token === token.toLowerCase() ? now.toLowerCase() : now;
  }
  return token;
}

/** A slip of the pen near a client's name would be near nothing any more. */
function hasSlip(texts: readonly string[], renaming: Renaming): boolean {
  const tokens = texts.flatMap((text) => text.match(WORD) ?? []).map(folded);
  return tokens.some((token) => token.length >= 3 && [...renaming.keys()].some((old) => !folded(old).startsWith(token) && isNear(token, folded(old), 2)));
}

function distractors(from: number, texts: readonly string[]): readonly Project[] {
  const tokens = texts.flatMap((text) => text.match(WORD) ?? []).map(folded);
  const quiet = DISTRACTORS.filter((word) => !tokens.some((token) => folded(word).startsWith(token) || isNear(token, folded(word), 2)));
  return quiet.map((word, at): Project => ({ id: from + at, client: `${word} Ltd`, name: `${quiet[(at + 5) % quiet.length] ?? word} Works`, active: true, tasks: [{ id: 990_001, name: "Odds and Ends" }] }));
}

/** The same sentences in an account whose clients go by other names, consistently, and that has more projects. */
export function renamed(evalCase: EvalCase): EvalCase {
  const { account, expect } = evalCase;
  if (account.name === "sample") return evalCase;
  const projects = account.projects ?? shippedProjects(account.name ?? "") ?? [];
  const texts = [...textsOf(evalCase), ...(account.shortcuts ?? []).map((each) => each.name)];
  const words = KEPT.has(account.name ?? "") ? [] : clientWords(projects);
  const wanted: Renaming = new Map(words.map((word) => [word, invented(word)]));
  const renaming: Renaming = hasSlip(texts, wanted) ? new Map() : wanted;
  const rename = (text: string): string => text.replaceAll(WORD, (token) => renameWord(token, renaming));
  const spoken = withTexts(evalCase, rename, rename);
  const more = account.name === "big" ? [] : distractors(8_000_001, texts);
  const noted = <T extends { readonly notes?: string | undefined }>(each: T): T => (each.notes === undefined ? each : { ...each, notes: rename(each.notes) });
  return {
    ...spoken,
    account: {
      ...account,
      projects: [...projects.map((project) => ({ ...project, code: project.code, client: rename(project.client), tasks: [...project.tasks] })), ...more.map((project) => ({ ...project, code: undefined, tasks: [...project.tasks] }))],
      ...(account.entries ? { entries: account.entries.map(noted) } : {}),
      ...(account.shortcuts ? { shortcuts: account.shortcuts.map((each) => ({ ...each, name: rename(each.name) })) } : {}),
    },
    expect: { ...expect, added: expect.added.map(noted), changed: expect.changed.map(noted), answerHas: expect.answerHas.map(rename) },
  };
}
