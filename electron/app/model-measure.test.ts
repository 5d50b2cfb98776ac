import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Completion, LanguageModel } from "../agent/model.ts";
import { indexProjects } from "../core/projects.ts";
import type { EngineState } from "../engine/state.ts";
import { SUITE } from "../measure/cases.ts";
import { takeLock } from "../../models/lock.ts";
import { createMeasuredStore } from "../../models/measured.ts";
import { createModelStore } from "../../models/store.ts";
import { tinyGguf } from "../../models/tiny-header.ts";
import type { ModelDesk } from "./model-desk.ts";
import { createMeasuring, givingWay, type Measuring } from "./model-measure.ts";
import { sampleProjects } from "./sample-projects.ts";
import { createTurns, type Turns } from "./turns.ts";

/** What no strategy can make anything of, whatever it asked for. */
const NOISE: Completion = { kind: "text", text: "\u0000%%%", promptTokens: 1, evaluatedTokens: 1, generatedTokens: 1, ms: 1 };
const failure = (code: "stopped" | "cancelled", message: string): Completion => ({ kind: "failed", code, message });

let folder = "";
let chosen = "rules";
let state: EngineState;
let done: string[];
let complete: LanguageModel["complete"];
let turns: Turns;
let measuring: Measuring;
let models: ModelDesk;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-measure-"));
  await writeFile(join(folder, "tiny.gguf"), tinyGguf());
  chosen = "rules";
  state = { kind: "absent" };
  done = [];
  complete = () => Promise.resolve(NOISE);
  turns = createTurns();
  const store = createModelStore({ folder, now: () => new Date() });
  await store.add(join(folder, "tiny.gguf"));
  const said = (what: string) => Promise.resolve(void done.push(what)).then(() => ({ ok: true, message: what }));
  const desk = { modelOf: () => ({ complete: (request, cancel) => complete(request, cancel) }) as LanguageModel, use: (id: string) => said(`use ${id}`), unload: () => said("unload"), remove: (id: string) => said(`remove ${id}`), warm: () => void done.push("warm") };
  measuring = createMeasuring({ models: desk, host: { state: () => state, unload: async () => void done.push("host unloads") }, store, measured: known(), folder, chosen: () => chosen, index: () => indexProjects(sampleProjects()), turns, onChange: () => undefined });
  models = givingWay(desk as unknown as ModelDesk, measuring);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const known = () => createMeasuredStore({ folder, suite: SUITE });
const score = async () => {
  const model = await createModelStore({ folder, now: () => new Date() }).get("tiny");
  return model && (await known().of(model)).score;
};
/** A model that answers nothing until it is given up. */
const hang: LanguageModel["complete"] = (_request, cancel) => new Promise((resolve) => cancel.addEventListener("abort", () => resolve(failure("cancelled", "Cancelled."))));
const started = async (): Promise<void> => {
  while ((measuring.state()?.total ?? 0) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe("measuring a model", { timeout: 60_000 }, () => {
  it("keeps the score of a whole run, and says it", async () => {
    const ended = await measuring.measure("tiny");
    expect(ended.ok).toBe(true);
    expect(ended.message).toMatch(/^\S+: \d+ of 40 right, \d+ asked, 0 wrong/);
    expect(await score()).toMatchObject({ suite: SUITE, right: ended.result?.right, cases: 40, harmed: 0, wrong: 0, at: ended.at });
    expect(measuring.state()).toBeUndefined();
  });

  it("tells how far it is", async () => {
    const told: (string | undefined)[] = [];
    await measuring.measure("tiny", { onProgress: () => told.push(measuring.state()?.text) });
    expect(told).toHaveLength(41);
    expect(told[0]).toBe("0 of 40");
    expect(told[20]).toMatch(/^20 of 40/);
  });

  it.each([
    ["rules", "No model is chosen"],
    ["server", "A model server"],
    ["nobody", "There is no model called nobody"],
  ])("refuses %s with a sentence", async (id, words) => {
    const ended = await measuring.measure(id);
    expect([ended.ok, ended.message.startsWith(words)]).toEqual([false, true]);
  });

  it("runs one at a time, in this process and beside another one", async () => {
    complete = hang;
    const first = measuring.measure("tiny");
    await started();
    expect(await measuring.measure("tiny")).toMatchObject({ ok: false, message: "tiny is being measured already; one at a time." });
    measuring.stop();
    await first;
    const release = await takeLock(join(folder, "measuring"));
    expect(await measuring.measure("tiny")).toMatchObject({ ok: false, message: "Another Stint is measuring a model; one at a time." });
    await release?.();
  });

  it("keeps nothing of a run that was stopped, by whoever started it or from elsewhere", async () => {
    complete = hang;
    const abort = new AbortController();
    const first = measuring.measure("tiny", { signal: abort.signal });
    await started();
    abort.abort();
    expect(await first).toEqual({ ok: true, message: "The measurement was stopped; nothing was kept." });
    const third = measuring.measure("tiny");
    await started();
    expect(measuring.stop().ok).toBe(true);
    expect((await third).result).toBeUndefined();
    expect(await score()).toBeUndefined();
    expect(measuring.stop().ok).toBe(false);
  });

  it("goes on after one trouble with the engine, and ends with its sentence and no score after two over one sentence", async () => {
    let times = 0;
    complete = () => Promise.resolve((times += 1) === 3 ? failure("stopped", "The model's process stopped.") : NOISE);
    expect((await measuring.measure("tiny")).ok).toBe(true);
    await rm(join(folder, "measured.json"));
    complete = () => Promise.resolve(failure("stopped", "The model's process stopped."));
    const ended = await measuring.measure("tiny");
    expect([ended.ok, ended.message]).toEqual([false, expect.stringMatching(/could not be measured: The model's process stopped\. Nothing was kept\.$/)]);
    expect(existsSync(join(folder, "measured.json"))).toBe(false);
  });

  it("gives way to a sentence that somebody typed, and measures its own sentence again", async () => {
    const alone = await measuring.measure("tiny");
    let asked = 0;
    const seen: string[] = [];
    complete = (request, cancel) => {
      asked += 1;
      seen.push(request.user);
      return asked === 4 ? hang(request, cancel) : Promise.resolve(NOISE);
    };
    const run = measuring.measure("tiny");
    while (asked < 4) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await turns.urgent(() => Promise.resolve("typed"))).toBe("typed");
    const ended = await run;
    expect(ended.result?.right).toBe(alone.result?.right);
    expect(seen[4]).toBe(seen[3]);
  });

  it("stops when another model is chosen or the memory is to be freed, and says so; the popup loads no other model meanwhile", async () => {
    complete = hang;
    for (const [act, why] of [[() => models.use("other"), "Another model was chosen."], [() => models.unload(), "The model was to leave memory."], [() => models.remove("tiny"), "The model was removed."]] as const) {
      const run = measuring.measure("tiny");
      await started();
      models.warm();
      await act();
      expect(await run).toEqual({ ok: true, message: `${why} The measurement was stopped; nothing was kept.` });
    }
    expect(done).toEqual(["use other", "unload", "remove tiny"]);
    models.warm();
    expect(done.at(-1)).toBe("warm");
  });

  it("leaves memory as it was: the chosen model back in it, or no model", async () => {
    await measuring.measure("tiny");
    expect(done).toEqual(["host unloads"]);
    chosen = "big";
    state = { kind: "ready", model: "big", memory: { gpu: 0, cpu: 1, backend: "cpu" } };
    await measuring.measure("tiny");
    expect(done.slice(1)).toEqual(["use big"]);
    chosen = "tiny";
    await measuring.measure("tiny");
    expect(done).toHaveLength(2);
  });
});
