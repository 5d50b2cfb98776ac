import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { realModel } from "../engine/real-model.ts";
import { writeTinyGguf } from "../engine/tiny-gguf.ts";
import { builtCli, stint, temporaryHome } from "../support/terminal.ts";

interface Measured {
  readonly ok: boolean;
  readonly model: string;
  readonly suite: string;
  readonly right: number;
  readonly asked: number;
  readonly wrong: number;
  readonly failed: number;
  readonly harmed: number;
  readonly cases: number;
  readonly spare: number;
  readonly message: string;
  readonly rows: readonly { readonly id: string; readonly text: string; readonly verdict: string; readonly harmed: boolean; readonly asked: boolean; readonly own: boolean }[];
}
interface Listed {
  readonly installed: readonly { readonly id: string; readonly score?: string }[];
}
interface Account {
  readonly entries: readonly object[];
}

describe("stint evals", () => {
  let place: ReturnType<typeof temporaryHome>;
  beforeEach(() => {
    place = temporaryHome();
  });
  afterEach(() => place.remove());
  const run = (...words: string[]) => stint(words, { home: place.home });
  const entries = (): readonly object[] => (JSON.parse(readFileSync(join(place.home, "sample-account.json"), "utf8")) as Account).entries;

  it("says which words it takes, that no model is chosen, and that there is none of a name", async () => {
    const none = await run("evals");
    expect([none.code, none.err.trim()]).toEqual([1, "No model is chosen. Name one that is on this computer: stint evals MODEL. See: stint models list"]);
    const unknown = await run("evals", "nobody");
    expect([unknown.code, unknown.err.trim()]).toEqual([1, "There is no model called nobody on this computer."]);
    expect((await run("evals", "one", "two")).code).toBe(2);
    expect((await run("evals", "nobody", "--json")).json()).toEqual({ ok: false, message: "There is no model called nobody on this computer." });
  });

  it("stops on Ctrl+C with a sentence, and keeps nothing", async () => {
    await run("models", "add", writeTinyGguf(join(place.home, "mine/tiny.gguf"), { architecture: "llama", layers: 4, width: 256 }));
    const child = spawn(process.execPath, [builtCli, "evals", "tiny", "--home", place.home], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    await new Promise<void>((resolve) =>
      child.stderr.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes("0 of 40")) resolve();
      }),
    );
    child.kill("SIGINT");
    expect(await ended).toBe(1);
    expect(said.trim().split("\n").at(-1)).toBe("The measurement was stopped; nothing was kept.");
    expect(((await run("models", "list", "--json")).json() as Listed).installed.find(({ id }) => id === "tiny")?.score).toBe("score not measured yet");
  });

  it("gives a real model its score, row by row, shows it in the list of models, and writes nothing anywhere", async (ctx) => {
    const model = await realModel();
    if ("missing" in model) return ctx.skip(`not run: ${model.missing}`);
    const added: { id: string } = (await run("models", "add", model.path, "--json")).json();
    await run("today");
    const before = entries();
    const measured = await run("evals", added.id, "--json");
    expect(measured.code, measured.err).toBe(0);
    const score: Measured = measured.json();
    expect(score).toMatchObject({ ok: true, model: added.id, suite: "short-form-1", cases: 40, spare: 0 });
    const of = (verdict: string): number => score.rows.filter((row) => row.verdict === verdict).length;
    expect([of("right"), of("asked"), of("wrong"), of("failed"), score.rows.length]).toEqual([score.right, score.asked, score.wrong, score.failed, 40]);
    // What the rules read is right whatever the model is like.
    expect(score.rows.filter(({ asked, verdict }) => !asked && verdict !== "right")).toEqual([]);
    expect(score.rows.filter(({ asked }) => asked).length).toBeGreaterThanOrEqual(30);
    const progress = measured.err.split("\n").filter((line) => line.startsWith(`${added.id}: `));
    expect(progress[0]).toBe(`${added.id}: 0 of 40`);
    expect(progress.at(-1)).toBe(`${added.id}: 40 of 40`);
    expect(progress.some((line) => /, about \d+ (?:s|min) left$/.test(line))).toBe(true);
    const words = new RegExp(`${score.right} of 40 right, ${score.asked} asked, ${score.wrong} wrong.*; measured \\d+ [A-Z][a-z]{2}`);
    expect((await run("models", "list")).out).toMatch(words);
    expect(entries()).toEqual(before);
    expect((await run("history", "--json")).json()).toEqual([]);
    expect(existsSync(join(place.home, "models", "measured.json"))).toBe(true);
  }, 600_000);
});
