import { describe, expect, test } from "vitest";
import type { AccountData } from "../../electron/harvest/sandbox/account.ts";
import { findAccounts } from "../../electron/harvest/accounts.ts";
import { createHarvestClient } from "../../electron/harvest/client.ts";
import type { Remote } from "../../electron/core/remote.ts";
import { AGENT, clientOf, countOf, day, draftOf, NOW, plan, sample, sandbox, stateOf, value, ZONE } from "./harvest-account.ts";

const startEnd = (more: (data: AccountData) => void = () => undefined) => sample((data) => { data.company.startEnd = true; more(data); });

test("the client is what the outbox asks of Harvest", async () => {
  const remote: Remote = createHarvestClient({ token: "t", accountId: 1, userAgent: AGENT, fetch: () => Promise.reject(new Error("no network here")), sleep: () => Promise.resolve() });
  expect(await remote.read(1)).toMatchObject({ kind: "failed", code: "offline" });
});

describe("who and what", () => {
  test("the token's owner has a name and an IANA zone", async () => {
    expect(value(await clientOf(await sandbox()).me())).toEqual({ id: 4_410_021, name: "Robin Sample", email: "robin@bluefield.example", zone: ZONE });
  });

  test("the company's settings are read, and a 403 on them is an ordinary answer", async () => {
    expect(value(await clientOf(await sandbox()).company())).toEqual({ weekStart: "monday", dateOrder: "MDY", timeFormat: "hours_minutes", clock: "24h", mode: "duration", notesRequired: false, baseUri: "https://bluefield.stint.example" });
    const closed = await sandbox({ account: sample((data) => { data.options.companyForbidden = true; }) });
    expect(await clientOf(closed).company()).toEqual({ kind: "forbidden" });
  });

  test("accounts are found with the token alone, Forecast ones left out", async () => {
    const box = await sandbox();
    expect(value(await findAccounts({ token: box.token, userAgent: AGENT, idUrl: box.url }))).toEqual([{ id: box.accountId, name: "Bluefield Studio" }]);
    const several = await sandbox({ account: sample((data) => { data.moreAccounts = [{ id: 1_800_001, name: "Side Business" }]; }) });
    expect(value(await findAccounts({ token: several.token, userAgent: AGENT, idUrl: several.url })).map((account) => account.name)).toEqual(["Bluefield Studio", "Side Business"]);
    expect(await findAccounts({ token: "other", userAgent: AGENT, idUrl: box.url })).toMatchObject({ kind: "failed", code: "unauthorised" });
  });

  test("projects are the active ones the user is assigned to, one without tasks included", async () => {
    const projects = value(await clientOf(await sandbox()).projects());
    expect(projects).toHaveLength(38);
    expect(projects.find((project) => project.name === "Mobile App")).toMatchObject({ client: "Acme Corp", active: true });
    expect(projects.find((project) => project.name === "Mobile App")).not.toHaveProperty("code");
    expect(projects.find((project) => project.name === "Archive Digitisation")?.tasks).toEqual([]);
    expect(projects.map((project) => project.name)).not.toContain("Brand Launch");
    expect(projects.map((project) => project.name)).not.toContain("Confidential Audit");
  });

  test("lists are followed link by link to their end", async () => {
    const box = await sandbox();
    const all = value(await clientOf(box).entries("2026-01-01", day));
    await plan(box, "paginate:7", { times: "always" });
    expect(value(await clientOf(box).entries("2026-01-01", day))).toEqual(all);
    expect(value(await clientOf(box).projects())).toHaveLength(38);
  });

  test.each(["an entry that is made", "an entry that is removed"])("%s while the pages are read doubles nothing and loses nothing else", async (what) => {
    const box = await sandbox();
    const known = value(await clientOf(box).entries("2026-01-01", day));
    await plan(box, "paginate:20", { path: "/time_entries", times: "always" });
    const draft = await draftOf(clientOf(box));
    const state = { pages: 0 };
    const client = clientOf(box, { fetch: async (url, init) => {
      const answer = await fetch(url, init);
      if (new URL(url).pathname === "/v2/time_entries") state.pages += 1;
      if (state.pages === 1) {
        state.pages += 1;
        value(what === "an entry that is made" ? await clientOf(box).create(draft, "m") : await clientOf(box).remove(known[19]?.id ?? 0));
      }
      return answer;
    } });
    const read = value(await client.entries("2026-01-01", day)).map((entry) => entry.id);
    expect(new Set(read).size).toBe(read.length);
    expect(known.filter((entry) => !read.includes(entry.id)).map((entry) => entry.id)).toEqual([]);
  });

  test("an account of more than one full page of 2000 is read whole", async () => {
    const account = sample((data) => {
      const first = data.entries[0];
      if (!first) return;
      for (let nth = 0; nth < 2_500; nth += 1) data.entries.push({ ...first, id: 100 + nth, date: "2025-02-03" });
    });
    expect(value(await clientOf(await sandbox({ account })).entries("2025-02-01", "2025-02-28"))).toHaveLength(2_500);
  });

  test.each(["manager", "administrator"] as const)("a %s gets his own entries only", async (role) => {
    const box = await sandbox({ account: sample((data) => { for (const user of data.users) user.role = role; }) });
    const { user, entries } = await stateOf(box);
    const own = entries.filter((entry) => entry.user.id === user).map((entry) => entry.id);
    expect(value(await clientOf(box).entries("2025-01-01", day)).map((entry) => entry.id).toSorted((a, b) => a - b)).toEqual(own.toSorted((a, b) => a - b));
  });
});

test("every list of entries is asked for with the own number, also the one that tells the account's mode", async () => {
  const box = await sandbox({ account: startEnd((data) => { data.options.companyForbidden = true; }) });
  const lists: URL[] = [];
  const client = clientOf(box, { fetch: (url, init) => {
    if (init.method === "GET" && new URL(url).pathname === "/v2/time_entries") lists.push(new URL(url));
    return fetch(url, init);
  } });
  value(await client.entries(day, day));
  await client.create(await draftOf(client), "m");
  expect(lists.map((url) => url.searchParams.get("user_id"))).toEqual(["4410021", "4410021"]);
});

describe("writing", () => {
  test("a new entry is in the account exactly as it was drafted", async () => {
    const box = await sandbox();
    const client = clientOf(box);
    const made = value(await client.create(await draftOf(client, { date: "2026-04-05" }), "01MARK"));
    const kept = (await stateOf(box)).entries.find((entry) => entry.id === made.id);
    expect(kept).toMatchObject({ spent_date: "2026-04-05", hours: 2, notes: "Hero", is_running: false, external_reference: { id: "01MARK" } });
    expect(made).toMatchObject({ date: "2026-04-05", hours: 2, notes: "Hero", running: false, mark: "01MARK" });
  });

  test.each([0, -1, 25, Number.NaN])("%d hours are refused before anything is sent, and start no timer", async (hours) => {
    const box = await sandbox();
    const client = clientOf(box);
    expect(await client.create(await draftOf(client, { hours }), "m")).toMatchObject({ kind: "failed", code: "refused" });
    expect(await countOf(box, "Hero")).toBe(0);
  });

  test("notes with several lines, ampersands and other scripts arrive whole", async () => {
    const client = clientOf(await sandbox());
    const notes = "Zürich & Øresund\nline two: \"quoted\" 日本";
    const made = value(await client.create(await draftOf(client, { notes }), "m"));
    expect(value(await client.read(made.id)).notes).toBe(notes);
  });

  test("a change sends its fields alone: everything else of the entry stays", async () => {
    const box = await sandbox();
    const client = clientOf(box);
    const made = value(await client.create(await draftOf(client), "m"));
    expect(value(await client.change(made.id, { date: "2026-04-03" }))).toMatchObject({ ...made, date: "2026-04-03" });
    expect(value(await client.change(made.id, { notes: "" })).notes).toBe("");
    expect(value(await client.change(made.id, { hours: 0.25 }))).toMatchObject({ hours: 0.25, date: "2026-04-03", notes: "", mark: "m" });
  });

  test("another project is taken together with its task, and not without", async () => {
    const client = clientOf(await sandbox());
    const made = value(await client.create(await draftOf(client), "m"));
    const initech = value(await client.projects()).find((project) => project.client === "Initech");
    expect(await client.change(made.id, { project: initech?.id ?? 0 })).toMatchObject({ kind: "failed", code: "refused" });
    expect(value(await client.change(made.id, { project: initech?.id ?? 0, task: initech?.tasks[0]?.id ?? 0 })).project).toBe(initech?.id);
  });

  test("a note on a running timer leaves it running with its time", async () => {
    const times = { now: NOW };
    const client = clientOf(await sandbox({ clock: () => times.now }));
    const { hours: _, ...draft } = await draftOf(client);
    const timer = value(await client.start(draft, "m"));
    expect(timer).toMatchObject({ running: true, hours: 0 });
    times.now = "2026-04-06T14:30:00Z";
    expect(value(await client.change(timer.id, { notes: "Later" }))).toMatchObject({ running: true, hours: 1.5, notes: "Later" });
    times.now = "2026-04-06T15:00:00Z";
    expect(value(await client.stop(timer.id))).toMatchObject({ running: false, hours: 2 });
    expect(value(await client.restart(timer.id))).toMatchObject({ id: timer.id, running: true, hours: 2 });
    expect(await client.restart(timer.id)).toMatchObject({ kind: "failed", code: "refused" });
  });

  test("a removed entry is gone, and removing it again says so", async () => {
    for (const deleteBody of ["entry", "empty"] as const) {
      const client = clientOf(await sandbox({ account: sample((data) => { data.options.deleteBody = deleteBody; }) }));
      const made = value(await client.create(await draftOf(client), "m"));
      expect(await client.remove(made.id)).toEqual({ kind: "ok", value: undefined });
      expect(await client.read(made.id)).toMatchObject({ code: "not-found" });
      expect(await client.remove(made.id)).toMatchObject({ code: "not-found" });
    }
  });

  test("locked, invoiced, approved and archived entries carry their reason and refuse every change", async () => {
    const client = clientOf(await sandbox());
    const locked = value(await client.entries("2026-01-01", day)).filter((entry) => entry.locked !== undefined);
    expect(new Set(locked.map((entry) => entry.locked)).size).toBe(4);
    for (const entry of locked) {
      const refusal = { kind: "failed", code: "refused", unknown: false, message: expect.stringContaining(entry.locked ?? "") };
      expect(await client.change(entry.id, { notes: "x" })).toMatchObject(refusal);
      expect(await client.remove(entry.id)).toMatchObject(refusal);
      expect(await client.restart(entry.id)).toMatchObject(refusal);
    }
  });

  test("even an administrator's token never touches a colleague's entry", async () => {
    const box = await sandbox({ account: sample((data) => { for (const user of data.users) user.role = "administrator"; }) });
    const before = await stateOf(box);
    const theirs = before.entries.find((entry) => entry.is_running)?.id ?? 0;
    const client = clientOf(box);
    for (const attempt of [client.read(theirs), client.stop(theirs), client.restart(theirs), client.remove(theirs), client.change(theirs, { notes: "x" })]) {
      expect(await attempt).toMatchObject({ kind: "failed", code: "not-found" });
    }
    expect(await stateOf(box)).toEqual(before);
  });
});

describe("an account of starts and ends", () => {
  test.each(["ends-now", "ignored"] as const)("books the length, finished (hours alone: %s)", async (hoursInStartEnd) => {
    const box = await sandbox({ account: startEnd((data) => { data.options.hoursInStartEnd = hoursInStartEnd; }) });
    const client = clientOf(box);
    const made = value(await client.create(await draftOf(client, { hours: 1.5 }), "m"));
    expect(made).toMatchObject({ hours: 1.5, running: false });
    expect((await stateOf(box)).entries.find((entry) => entry.id === made.id)).toMatchObject({ started_time: "09:00", ended_time: "10:30" });
  });

  test.each(["12h", "24h"] as const)("a change of hours keeps the start on a %s clock and does not double", async (clock) => {
    const box = await sandbox({ account: startEnd((data) => { data.company.clock = clock; }) });
    const client = clientOf(box);
    const made = value(await client.create(await draftOf(client, { hours: 4.5 }), "m"));
    expect(value(await client.change(made.id, { hours: 5, notes: "Longer" }))).toMatchObject({ hours: 5, notes: "Longer" });
    expect((await stateOf(box)).entries.find((entry) => entry.id === made.id)).toMatchObject(clock === "12h" ? { started_time: "9:00am", ended_time: "2:00pm" } : { started_time: "09:00", ended_time: "14:00" });
    expect(value(await client.change(made.id, { notes: "Note only" })).hours).toBe(5);
  });

  test("restarts as a new entry", async () => {
    const client = clientOf(await sandbox({ account: startEnd() }));
    const made = value(await client.create(await draftOf(client, { date: "2026-04-02" }), "m"));
    const again = value(await client.restart(made.id));
    expect(again).toMatchObject({ running: true, hours: 0, date: day, project: made.project });
    expect(again.id).not.toBe(made.id);
    expect(value(await client.stop(again.id)).running).toBe(false);
  });

  test("is recognised by its entries when its settings may not be read", async () => {
    const box = await sandbox({ account: startEnd((data) => {
      data.options.companyForbidden = true;
      data.options.hoursInStartEnd = "ignored";
      for (const entry of data.entries) if (entry.timerStartedAt === null) Object.assign(entry, { startedTime: "09:00", endedTime: "10:00" });
    }) });
    const client = clientOf(box);
    expect(value(await client.create(await draftOf(client), "m"))).toMatchObject({ running: false, hours: 2 });
  });

  test.each([true, false])("is told from none when neither settings nor entries say it (starts and ends: %s)", async (isStartEnd) => {
    const box = await sandbox({ account: sample((data) => {
      data.company.startEnd = isStartEnd;
      data.options.companyForbidden = true;
      data.options.hoursInStartEnd = "ignored";
      data.entries = [];
    }) });
    const client = clientOf(box);
    const made = value(await client.create(await draftOf(client, { hours: 1.5 }), "m"));
    expect(made).toMatchObject({ hours: 1.5, running: false });
    expect(value(await client.change(made.id, { hours: 2.5 }))).toMatchObject({ hours: 2.5, running: false });
  });

  test("refuses a whole day, which has no end on its own day", async () => {
    const client = clientOf(await sandbox({ account: startEnd() }));
    expect(await client.create(await draftOf(client, { hours: 24 }), "m")).toMatchObject({ code: "refused" });
  });
});

describe("dates", () => {
  test.each(["2026-03-08", "2026-11-01", "2000-01-05", "2026-12-24"])("%s is booked as that day, whatever the clock does", async (date) => {
    const client = clientOf(await sandbox({ clock: () => "2026-04-07T03:30:00Z" }));
    value(await client.create(await draftOf(client, { date }), "m"));
    expect(value(await client.entries(date as typeof day, date as typeof day)).map((entry) => entry.mark)).toContain("m");
  });
});
