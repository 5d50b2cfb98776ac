import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { exampleFacts } from "../core/fixture-account.ts";
import type { Facts } from "../core/facts.ts";
import type { Pin } from "../core/outcome.ts";
import { propose } from "../core/propose.ts";
import { read } from "../core/read.ts";
import { createSettingsStore } from "../settings/store.ts";
import { createRemembering, shortcutFrom } from "./remember.ts";

const facts: Facts = { ...exampleFacts, shortcuts: [] };
const pin = (field: "project" | "task", value: number, op = 0): Pin => ({ op, field, value });
const OPERATIONS = [pin("project", 5), pin("task", 14)];
const learnt = (text: string, pins: readonly Pin[], from = facts) => shortcutFrom(read(text, from, pins), pins, from);

describe("what a corrected reading teaches", () => {
  it.each([
    ["30m standup today", "standup"],
    ["spent 2h on the rocket thing yesterday", "rocket thing"],
    ["1h meetings today", "meetings"],
  ])("of “%s” with its project chosen by hand: “%s”", (text, name) => {
    expect(learnt(text, OPERATIONS)).toEqual({ name, project: 5, task: 14 });
  });

  it("of a task that a model heard and the project does not have, with another chosen by hand: project and task together", () => {
    const text = "2h globex testing today";
    const quote = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
    const pins = [pin("task", 12)];
    const reading = propose(text, { by: "model", steps: [{ kind: "add", when: quote("today"), hours: quote("2h"), project: quote("globex"), task: quote("testing") }] }, facts, pins);
    expect(reading.outcome.kind).toBe("proposal");
    expect(shortcutFrom(reading, pins, facts)).toEqual({ name: "globex testing", project: 3, task: 12 });
    expect(shortcutFrom(reading, [], facts)).toBeUndefined();
  });

  it.each([
    ["a task chosen where the words speak of none", "2h globex hacking today", [pin("task", 12)]],
    ["a project's own name", "2h globex development today", [pin("project", 5), pin("task", 14)]],
    ["a client's name that fits several projects", "2h acme development today", [pin("project", 2)]],
    ["a misspelt name of the project that was meant", "2h globexx today", [pin("project", 3), pin("task", 12)]],
    ["a sentence that names no project at all", "2h today", OPERATIONS],
    ["a sentence in which only the day was corrected", "2h globex development today", [{ op: 0, field: "date", value: "2026-04-01" } satisfies Pin]],
    ["an unanswered question", "30m standup today", []],
    ["several entries, of which one was corrected", "30m standup and 1h globex development today", OPERATIONS],
    ["a change of what is there", "delete yesterday's entry", []],
  ])("nothing: %s", (_what, text, pins) => {
    expect(learnt(text, pins)).toBeUndefined();
  });

  it("nothing where the words are a shortcut already, or would not help", () => {
    const known: Facts = { ...facts, shortcuts: [{ name: "Standup", project: 2, task: 14 }] };
    expect(learnt("30m standup today", OPERATIONS, known)).toBeUndefined();
    const reading = read("30m standup today", facts, OPERATIONS);
    // A reading that speaks of other words than the sentence: with them as a shortcut the sentence would still ask.
    expect(shortcutFrom({ ...reading, spans: [{ role: "project", text: "elsewhere", start: 0, end: 9 }] }, OPERATIONS, facts)).toBeUndefined();
  });

  it("a shortcut with which the same sentence needs no answer any more", () => {
    const shortcut = learnt("30m standup today", OPERATIONS);
    const { outcome } = read("45m standup yesterday", { ...facts, shortcuts: shortcut ? [shortcut] : [] });
    expect(outcome).toMatchObject({ kind: "proposal", operations: [{ op: "add", date: "2026-04-05", hours: 0.75, project: 5, task: 14 }] });
  });
});

describe("the offer to remember", () => {
  function remembering() {
    const folder = mkdtempSync(join(tmpdir(), "stint-remember-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "settings.json");
    const settings = createSettingsStore({ file, onNotice: () => undefined });
    const now = (): Facts => ({ ...exampleFacts, shortcuts: settings.get().shortcuts });
    const parts = createRemembering({ settings, facts: now });
    return { remember: (name: string) => parts.remember(name), decline: (name: string) => parts.decline(name), settings, file, make: (text = "30m standup today") => parts.offer(read(text, now(), OPERATIONS), OPERATIONS) };
  }

  it("keeps nothing by itself", () => {
    const { make, settings } = remembering();
    expect(make()).toEqual({ name: "standup", place: "Internal › Operations · Meetings" });
    expect(settings.get().shortcuts).toEqual([]);
  });

  it("makes a shortcut like any other when it is taken, once", () => {
    const { make, remember, settings } = remembering();
    make();
    expect(remember("standup")).toEqual({ ok: true, message: "“standup” is a shortcut for Internal › Operations · Meetings now. It is in the settings, to be changed or removed." });
    expect(settings.get().shortcuts).toEqual([{ name: "standup", project: 5, task: 14 }]);
    expect(make()).toBeUndefined();
    expect(remember("standup").ok).toBe(false);
    expect(settings.get().shortcuts).toHaveLength(1);
  });

  it("is not made again for the same words after a no, however they are written", () => {
    const { make, decline } = remembering();
    make();
    decline("standup");
    expect(make("30m Standup today")).toBeUndefined();
    expect(make("30m rocket thing today")).toEqual({ name: "rocket thing", place: "Internal › Operations · Meetings" });
  });

  it("is made again in the next run", () => {
    const { decline, make } = remembering();
    decline("standup");
    expect(make()).toBeUndefined();
    expect(remembering().make()).toBeDefined();
  });

  it("is not taken for words that nobody offered, nor over a shortcut that came meanwhile from elsewhere", () => {
    const { make, remember, settings, file } = remembering();
    expect(remember("anything").ok).toBe(false);
    make();
    createSettingsStore({ file, onNotice: () => undefined }).update({ shortcuts: [{ name: "Standup", project: 1 }] });
    expect(remember("standup").message).toContain("already");
    expect(settings.get().shortcuts).toEqual([{ name: "Standup", project: 1 }]);
  });

  it("says why when the settings cannot be written", () => {
    const { make, remember, file } = remembering();
    make();
    rmSync(file, { force: true });
    mkdirSync(file, { recursive: true });
    writeFileSync(join(file, "in-the-way"), "");
    expect(remember("standup")).toMatchObject({ ok: false });
  });
});
