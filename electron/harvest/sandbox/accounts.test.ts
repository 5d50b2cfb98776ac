import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { accountData } from "./account.ts";
import { accountNames, createAccount } from "./accounts.ts";
import { hoursBetween } from "./clock-work.ts";

const day = { now: new Date("2026-04-06T13:00:00Z"), zone: "America/New_York" };

function made(name: string) {
  const data = createAccount(name, day);
  if (!data) throw new Error(`no ${name}`);
  return data;
}

test("every file of accounts/ can be asked for by its name", () => {
  const files = readdirSync(join(import.meta.dirname, "accounts")).map((file) => file.replace(".json", ""));
  expect(accountNames.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
  expect(createAccount("no-such-account", day)).toBeUndefined();
});

describe.each(accountNames)("the account $name", ({ name }) => {
  test("is a valid account whose entries name what exists, the same on the same day", () => {
    const data = made(name);
    expect(accountData.safeParse(data).success).toBe(true);
    expect(made(name)).toEqual(data);
    const places = new Set(data.taskAssignments.map((each) => `${each.project}/${each.task}`));
    expect(data.entries.filter((entry) => !places.has(`${entry.project}/${entry.task}`))).toEqual([]);
    expect(new Set(data.entries.map((entry) => entry.id)).size).toBe(data.entries.length);
  });
});

test("big is as big as it says, and no client has one project twice", () => {
  const data = made("big");
  expect([data.clients.length, data.projects.length, data.entries.length]).toEqual([300, 3000, 20_000]);
  expect(new Set(data.clients.map((client) => client.name)).size).toBe(300);
  expect(new Set(data.projects.map((project) => `${project.client}/${project.name}`)).size).toBe(3000);
  expect(new Set(data.projects.map((project) => project.name)).size).toBeLessThan(3000);
  expect(data.entries.at(-1)?.date).toBe("2026-04-03");
});

test("start-end has every finished entry on the clock, as long as it says", () => {
  const data = made("start-end");
  const finished = data.entries.filter((entry) => entry.timerStartedAt === null);
  expect(finished.length).toBeGreaterThan(50);
  for (const entry of finished) expect([entry.id, hoursBetween(entry.startedTime ?? "", entry.endedTime ?? "")]).toEqual([entry.id, entry.hours]);
});

test("saturday and sunday start their weeks there, member may not read the settings, empty has nothing", () => {
  expect([made("saturday"), made("sunday")].map(({ company }) => company.weekStartDay)).toEqual(["Saturday", "Sunday"]);
  expect(made("member")).toMatchObject({ options: { companyForbidden: true }, company: { notesRequired: true } });
  expect(made("manager").users[0]?.role).toBe("manager");
  expect(made("empty")).toMatchObject({ clients: [], projects: [], entries: [], users: [{ role: "member" }] });
});
