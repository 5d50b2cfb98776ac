import { describe, expect, test } from "vitest";
import { accountData } from "./account.ts";
import type { AccountData, StoredEntry } from "./account.ts";
import { addDays, weekdayOf } from "./civil.ts";
import { catchUp, createSampleAccount, isBehind } from "./sample.ts";

const zone = "America/New_York";
const at = (day: string): Date => new Date(`${day}T14:00:00Z`);
const make = (day: string): AccountData => createSampleAccount({ now: at(day), zone });
const me = (data: AccountData): number => data.users[0]?.id ?? 0;
const mine = (data: AccountData): StoredEntry[] => data.entries.filter((entry) => entry.user === me(data));
const projectsOf = (data: AccountData, client: string) => data.projects.filter((project) => project.client === data.clients.find((each) => each.name === client)?.id);
const tasksOf = (data: AccountData, project: number) => data.taskAssignments.filter((each) => each.project === project).map((each) => data.tasks.find((task) => task.id === each.task)?.name);
const acme = (data: AccountData, entries: StoredEntry[]) => entries.filter((entry) => projectsOf(data, "Acme Corp").some((project) => project.id === entry.project));

/** Every weekday, a turn of the year, and both changes of the clock. */
const DAYS = ["2026-04-05", "2026-04-06", "2026-04-07", "2026-04-08", "2026-04-09", "2026-04-10", "2026-04-11", "2026-01-02", "2026-03-09", "2026-11-02", "2028-03-01"];

describe.each(DAYS)("a sample made on %s", (day) => {
  const data = make(day);
  const yesterday = addDays(day, -1);

  test("is a valid account of twelve clients and forty projects", () => {
    expect(accountData.safeParse(data).success).toBe(true);
    expect([data.clients.length, data.projects.length]).toEqual([12, 40]);
    expect(new Set(data.entries.map((entry) => entry.id)).size).toBe(data.entries.length);
  });

  test("has exactly one Acme entry yesterday, on Website Redesign, Design", () => {
    const found = acme(data, mine(data).filter((entry) => entry.date === yesterday));
    expect(found.map((entry) => [data.projects.find((project) => project.id === entry.project)?.name, data.tasks.find((task) => task.id === entry.task)?.name])).toEqual([["Website Redesign", "Design"]]);
  });

  test("has at most one Acme entry on any day, and none of mine today", () => {
    for (let back = 1; back <= 28; back += 1) expect(acme(data, mine(data).filter((entry) => entry.date === addDays(day, -back))).length).toBeLessThanOrEqual(1);
    expect(mine(data).filter((entry) => entry.date >= day)).toEqual([]);
  });

  test("has logged only Design on Website Redesign, and one task each on Mobile App and for Initech", () => {
    const recent = mine(data).filter((entry) => entry.date > addDays(day, -31));
    const tasks = (name: string) => [...new Set(recent.filter((entry) => data.projects.find((project) => project.id === entry.project)?.name === name).map((entry) => data.tasks.find((task) => task.id === entry.task)?.name))];
    expect(tasks("Website Redesign")).toEqual(["Design"]);
    expect(tasks("Support Retainer")).toEqual(["Support"]);
    expect(tasks("Mobile App").length).toBeLessThanOrEqual(1);
  });

  test("has three to five entries of 6.5 to 8 hours on a weekday and no work on a weekend but yesterday's", () => {
    for (let back = 1; back <= 28; back += 1) {
      const date = addDays(day, -back);
      const entries = mine(data).filter((entry) => entry.date === date);
      const isWeekend = weekdayOf(date) === 0 || weekdayOf(date) === 6;
      const hours = entries.reduce((sum, entry) => sum + entry.hours, 0);
      const few = entries.length === (back === 1 ? 1 : 0);
      const usual = entries.length >= 3 && entries.length <= 5 && hours >= 6.5 && hours <= 8;
      expect([date, isWeekend ? few : usual]).toEqual([date, true]);
    }
  });

  test("has one locked, one invoiced and one approved entry, all older than two weeks", () => {
    const locked = mine(data).filter((entry) => entry.lock !== null && entry.lock.reason !== "Item Archived");
    expect(locked.map((entry) => entry.lock?.reason)).toEqual(["Item Locked for this Time Period", "Item Invoiced", "Item Approved and Locked for this Time Period"]);
    expect(locked.every((entry) => entry.date < addDays(day, -14))).toBe(true);
  });

  test("has a colleague with a running timer and nothing of mine running", () => {
    expect(data.entries.filter((entry) => entry.timerStartedAt !== null).map((entry) => entry.user)).toEqual([data.users[1]?.id]);
  });
});

test("the sample has what breaks clients: null and empty codes, twins, no tasks, an archived project, odd letters", () => {
  const data = make("2026-04-06");
  const codes = data.projects.map((project) => project.code);
  expect(codes).toContain(null);
  expect(codes).toContain("");
  expect(data.projects.filter((project) => project.name === "Maintenance").map((project) => project.client)).toHaveLength(2);
  expect(data.projects.map((project) => project.name)).toEqual(expect.arrayContaining(["Deep Learning", "Deep Learning Ops", "Phase 2", "2026 Annual Report", "24/7 Monitoring"]));
  expect(data.projects.some((project) => project.active && tasksOf(data, project.id).length === 0)).toBe(true);
  const archived = data.projects.filter((project) => !project.active);
  expect(mine(data).filter((entry) => entry.project === archived[0]?.id && entry.date < "2026-02-01").length).toBeGreaterThan(3);
  expect(data.clients.map((client) => client.name)).toEqual(expect.arrayContaining(["Hartmann & Söhne", "Øresund Museum"]));
});

test("Acme has two projects with the agreed tasks, and its name, Globex and Initech begin no other word", () => {
  const data = make("2026-04-06");
  expect(projectsOf(data, "Acme Corp").map((project) => [project.name, tasksOf(data, project.id)])).toEqual([["Website Redesign", ["Design", "Development"]], ["Mobile App", ["Development", "Testing", "Meetings"]]]);
  expect(projectsOf(data, "Globex").map((project) => project.name)).toEqual(["API Platform", "Data Migration"]);
  const words = [...data.clients, ...data.projects].flatMap((each) => each.name.toLowerCase().split(/\s+/));
  for (const name of ["acme", "globex", "initech", "website", "mobile", "api"]) expect(words.filter((word) => word.startsWith(name))).toHaveLength(1);
});

test("the same day, zone and seed give the same account, another seed another one", () => {
  expect(make("2026-04-06")).toEqual(make("2026-04-06"));
  expect(createSampleAccount({ now: at("2026-04-06"), zone, seed: 8 }).entries).not.toEqual(make("2026-04-06").entries);
});

test("yesterday is the account's, not the computer's", () => {
  const late = createSampleAccount({ now: new Date("2026-04-06T03:00:00Z"), zone });
  expect(mine(late).map((entry) => entry.date).toSorted().at(-1)).toBe("2026-04-04");
});

describe("a sample opened on a later day", () => {
  test("is filled in up to yesterday, again with one Acme entry there", () => {
    const data = make("2026-04-06");
    expect(isBehind(data, at("2026-04-06"))).toBe(false);
    expect(isBehind(data, at("2026-04-09"))).toBe(true);
    catchUp(data, at("2026-04-09"));
    const dates = new Set(mine(data).map((entry) => entry.date));
    expect(["2026-04-06", "2026-04-07", "2026-04-08"].every((date) => dates.has(date))).toBe(true);
    expect(dates.has("2026-04-09")).toBe(false);
    expect(acme(data, mine(data).filter((entry) => entry.date === "2026-04-08"))).toHaveLength(1);
    expect(isBehind(data, at("2026-04-09"))).toBe(false);
    expect(data.entries.some((entry) => entry.timerStartedAt !== null)).toBe(false);
  });

  test("keeps a day on which the user booked as it is", () => {
    const data = make("2026-04-06");
    const own = mine(data)[0];
    if (!own) throw new Error("no entries");
    data.entries.push({ ...own, id: 1, date: "2026-04-07", hours: 3, lock: null });
    catchUp(data, at("2026-04-09"));
    expect(mine(data).filter((entry) => entry.date === "2026-04-07").map((entry) => entry.hours)).toEqual([3]);
  });

  test("after a year gets the last two months only", () => {
    const data = make("2026-04-06");
    const before = data.entries.length;
    catchUp(data, at("2027-04-06"));
    const added = mine(data).filter((entry) => entry.date > "2026-04-06");
    expect(added[0]?.date.startsWith("2027-02")).toBe(true);
    expect(data.entries.length).toBeGreaterThan(before);
  });
});
