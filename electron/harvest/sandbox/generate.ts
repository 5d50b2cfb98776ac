import type { AccountData, StoredEntry } from "./account.ts";
import { addDays, civilAt, ianaOf, instantAt, weekdayOf } from "./civil.ts";
import sample from "./sample.json" with { type: "json" };

/** Work that the sample people do: a project and task by name, and notes to choose from. */
interface Work {
  readonly client: string;
  readonly project: string;
  readonly task: string;
  readonly notes: readonly (string | null)[];
}

/** [0, 1), the same row for the same seed and words on every machine. */
export function diceOf(seed: number, words: string): () => number {
  let state = seed >>> 0;
  for (const letter of words) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<T>(list: readonly T[], dice: () => number): T | undefined {
  return list[Math.floor(dice() * list.length)];
}

/** Splits quarters of an hour into `parts` uneven lengths of at least half an hour each. */
function split(quarters: number, parts: number, dice: () => number): readonly number[] {
  const lengths = Array.from({ length: parts }, () => 2);
  for (let left = quarters - 2 * parts; left > 0; left -= 1) {
    const at = Math.floor(dice() * parts);
    lengths[at] = (lengths[at] ?? 0) + 1;
  }
  return lengths;
}

const anchors: Readonly<Record<string, Work>> = sample.anchors;

function acmeWork(forced: boolean, dice: () => number): Work | undefined {
  if (forced) return sample.acme;
  const roll = dice();
  if (roll < 0.45) return sample.acme;
  return roll < 0.6 ? sample.mine.find((work) => work.client === "Acme Corp") : undefined;
}

/** At most one Acme entry a day, so that "the Acme entry of Friday" is never two. */
function ownDay(date: string, forced: boolean, dice: () => number): readonly (readonly [Work, number])[] {
  const weekday = weekdayOf(date);
  const acme = acmeWork(forced, dice);
  if (weekday === 0 || weekday === 6) return forced && acme ? [[acme, 4 + Math.floor(dice() * 5)]] : [];
  const chosen: Work[] = [acme, anchors[String(weekday)]].filter((work) => work !== undefined);
  const others = sample.mine.filter((work) => work.client !== "Acme Corp");
  const wanted = 2 + Math.floor(dice() * 3);
  while (chosen.length < wanted) {
    const next = pick(others, dice);
    if (next && !chosen.some((work) => work.client === next.client && work.project === next.project)) chosen.push(next);
  }
  const standup = 1 + Math.floor(dice() * 2);
  const total = 26 + Math.floor(dice() * 7);
  const lengths = split(total - standup, chosen.length, dice);
  return [[sample.standup, standup], ...chosen.map((work, at) => [work, lengths[at] ?? 2] as const)];
}

function colleagueDay(date: string, dice: () => number): readonly (readonly [Work, number])[] {
  const weekday = weekdayOf(date);
  if (weekday === 0 || weekday === 6) return [];
  const first = Math.floor(dice() * sample.colleague.length);
  const works = [0, 1, 2].map((step) => sample.colleague[(first + step) % sample.colleague.length]);
  const lengths = split(30, works.length, dice);
  return works.flatMap((work, at) => (work ? [[work, lengths[at] ?? 2] as const] : []));
}

/** Finds the ids behind a work's names. Throws when sample.json contradicts itself: that is a bug, not a state. */
export function idsOf(data: AccountData, work: Work): { readonly project: number; readonly task: number } {
  const client = data.clients.find((each) => each.name === work.client);
  const project = data.projects.find((each) => each.client === client?.id && each.name === work.project);
  const task = data.tasks.find((each) => each.name === work.task);
  if (!project || !task) throw new Error(`sample.json has no ${work.project}, ${work.task}`);
  return { project: project.id, task: task.id };
}

/** Appends a finished entry that was booked in the evening of its day, and returns it. */
export function book(data: AccountData, user: number, date: string, work: Work, hours: number, dice: () => number): StoredEntry {
  const owner = data.users.find((each) => each.id === user);
  const nth = data.entries.filter((each) => each.user === user && each.date === date).length;
  const at = instantAt({ date, time: `17:${String(10 + 5 * nth).padStart(2, "0")}` }, ianaOf(owner?.timezone ?? "UTC")).toISOString();
  const entry: StoredEntry = {
    id: data.nextId, user, date, ...idsOf(data, work), notes: pick(work.notes, dice) ?? null, hours,
    timerStartedAt: null, startedTime: null, endedTime: null, lock: null, reference: null, createdAt: at, updatedAt: at,
  };
  data.nextId += 1;
  data.entries.push(entry);
  return entry;
}

/**
 * Books the days `from`…`to` (both included) of the sample's two people into `data`. A day on which a person has entries is
 * left as it is: he keeps his own book there. The last day gets exactly one Acme entry, even on a weekend.
 */
export function bookDays(data: AccountData, from: string, to: string): void {
  const [me, colleague] = data.users;
  for (let date = from; date <= to; date = addDays(date, 1)) {
    for (const user of [me, colleague]) {
      if (!user || data.entries.some((entry) => entry.user === user.id && entry.date === date)) continue;
      const dice = diceOf(data.seed, `${date}/${user.id}`);
      const day = user === me ? ownDay(date, date === to, dice) : colleagueDay(date, dice);
      for (const [work, quarters] of day) book(data, user.id, date, work, quarters / 4, dice);
    }
  }
}

/** The day it is for the account's own user. */
export function todayOf(data: AccountData, now: Date): string {
  return civilAt(now, ianaOf(data.users[0]?.timezone ?? "UTC")).date;
}
