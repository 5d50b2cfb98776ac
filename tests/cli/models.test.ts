import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeTinyGguf } from "../engine/tiny-gguf.ts";
import { stint, temporaryHome } from "../support/terminal.ts";

describe("stint models", () => {
  let place: ReturnType<typeof temporaryHome>;
  let file: string;
  beforeEach(() => {
    place = temporaryHome();
    file = writeTinyGguf(join(place.home, "mine/tiny.gguf"), { architecture: "llama", layers: 2, width: 128 });
  });
  afterEach(() => place.remove());
  const models = (...words: string[]) => stint(["models", ...words], { home: place.home });

  it("adds a file where it lies, plans it, loads it, and forgets it without deleting it", async () => {
    expect((await models("add", file)).code).toBe(0);
    const listed: { installed: { id: string; chosen: boolean }[]; available: { id: string; bytes: number }[] } = (await models("list", "--json")).json();
    expect(listed.installed.map(({ id }) => id)).toEqual(["rules", "tiny"]);
    expect(listed.available.length).toBeGreaterThan(2);
    const plan: { kind: string; basis: string; bytes: { ram: { total: number } } } = (await models("plan", "tiny", "--vram", "12GiB", "--context", "2048", "--json")).json();
    expect(plan).toMatchObject({ kind: "fits", basis: "formula" });
    const used = await models("use", "tiny");
    expect(used.code, used.err).toBe(0);
    const after: { installed: { id: string; chosen: boolean }[] } = (await models("list", "--json")).json();
    expect(after.installed.find(({ chosen }) => chosen)?.id).toBe("tiny");
    expect((await models("remove", "tiny")).code).toBe(0);
    expect(existsSync(file)).toBe(true);
    const last: { installed: { id: string; chosen: boolean }[] } = (await models("list", "--json")).json();
    expect(last.installed).toMatchObject([{ id: "rules", chosen: true }]);
  });

  it.each([
    ["use", "nobody"],
    ["remove", "nobody"],
    ["get", "nobody"],
    ["plan", "nobody"],
  ])("says in one sentence that %s finds no such model", async (verb, id) => {
    const ran = await models(verb, id);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain("nobody");
    expect(ran.err).not.toMatch(/\bat .*\.js/);
  });

  it("refuses a size that is none", async () => {
    await models("add", file);
    expect((await models("plan", "tiny", "--vram", "a lot")).code).toBe(2);
  });

  it("asks the model about what the rules cannot read, and previews whatever it hears", async () => {
    await models("add", file);
    const line = JSON.stringify({ id: 1, text: "put whatever I did monday also on tuesday", want: "sentence", now: "2026-04-06T09:00:00", zone: "UTC", account: { projects: [] } });
    const ran = await stint(["read", "--jsonl", "--model", "tiny"], { home: place.home, input: `${line}\n` });
    expect(ran.code, ran.err).toBe(0);
    // Random weights say anything: whatever comes, it is a reading of the agreed form and never a saved entry.
    const row: { id: number; outcome: string } = ran.json();
    expect(row.id).toBe(1);
    expect(["proposal", "question", "answer", "refusal", "nothing", "needs-model"]).toContain(row.outcome);
  });
});
