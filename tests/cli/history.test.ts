import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stint, temporaryHome } from "../support/terminal.ts";

const NOW = "2026-04-06T09:00:00";
interface Item {
  readonly state: string;
  readonly sentence: string;
}

describe("what was saved from here", () => {
  let place: ReturnType<typeof temporaryHome>;
  beforeEach(() => {
    place = temporaryHome();
  });
  afterEach(() => place.remove());
  const run = (...words: string[]) => stint([...words, "--account", "sample"], { home: place.home, now: NOW });

  it("is found by its words, and says so when nothing is", async () => {
    await run("2h acme website yesterday", "--yes");
    const found: readonly Item[] = (await run("history", "website", "acme", "--json")).json();
    expect(found).toMatchObject([{ sentence: "2h acme website yesterday", state: "saved" }]);
    const none = await run("history", "nothing-like-it");
    expect(none).toMatchObject({ code: 0, out: "" });
    expect(none.err).toContain('Nothing in the last 30 days is about "nothing-like-it".');
  });

  it("has nothing to finish, and says so, when every sentence went through", async () => {
    await run("2h acme website yesterday", "--yes");
    const none = await run("finish");
    expect(none).toMatchObject({ code: 1, out: "" });
    expect(none.err).toContain("Nothing waits for a decision.");
    const status: { waiting: number; needsYou: number } = (await run("status", "--json")).json();
    expect(status).toMatchObject({ waiting: 0, needsYou: 0 });
  });
});
