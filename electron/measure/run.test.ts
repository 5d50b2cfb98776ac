import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleProjects } from "../app/sample-projects.ts";
import { createScriptedModel } from "../agent/scripted-model.ts";
import { digest } from "../core/digest.ts";
import type { IntentKind, IntentStep, Quote, QuoteField } from "../core/intent.ts";
import { indexProjects } from "../core/projects.ts";
import { weigh } from "../core/weigh.ts";
import { accountsFor } from "./account.ts";
import { CASES, SUITE } from "./cases.ts";
import { hearsWith, type HeardBy, type Hears } from "./hear.ts";
import { prepare, type PreparedCase } from "./prepare.ts";
import { runShortForm, type MeasuringProgress, type ShortFormEnd, type ShortFormResult } from "./run.ts";
import { progressWords, spareWords } from "./words.ts";

const spare = sampleProjects();
const accounts = accountsFor(indexProjects(spare), spare);
const byText = new Map<string, PreparedCase>(CASES.map((short, turn) => prepare(short, turn, accounts)).map((ready) => [ready.text, ready]));
const hard = [...byText.values()].filter(({ asks }) => asks).length;

const perfect: Hears = (text) => {
  const ready = byText.get(text);
  return Promise.resolve(ready ? { kind: "heard", intent: ready.intent } : { kind: "unusable" });
};
const always = (heard: HeardBy): Hears => () => Promise.resolve(heard);

function run(hears: Hears, more: { readonly cancel?: AbortSignal; readonly onProgress?: (progress: MeasuringProgress) => void; readonly now?: () => number } = {}): Promise<ShortFormEnd> {
  return runShortForm({ accounts, hears, cancel: more.cancel ?? new AbortController().signal, now: more.now ?? (() => 0), onProgress: more.onProgress });
}
async function measured(hears: Hears): Promise<ShortFormResult> {
  const end = await run(hears);
  if (end.kind !== "measured") throw new Error(end.kind);
  return end.result;
}

describe("a run of the short form", { timeout: 60_000 }, () => {
  it("gives a perfect model forty of forty", async () => {
    expect(await measured(perfect)).toMatchObject({ suite: SUITE, cases: 40, right: 40, asked: 0, wrong: 0, failed: 0, harmed: 0, spare: 0 });
  });

  it("never calls a model wrong that says nothing at all, and leaves what the rules read as right", async () => {
    const result = await measured(always({ kind: "unusable" }));
    expect(result).toMatchObject({ right: 40 - hard, wrong: 0, harmed: 0, asked: 0, failed: hard });
  });

  it("counts a model that hears nothing to do in everything as right only where there is nothing to do", async () => {
    const result = await measured(always({ kind: "heard", intent: { by: "model", steps: [{ kind: "none" }] } }));
    expect(result).toMatchObject({ wrong: 0, harmed: 0 });
    for (const row of result.rows.filter(({ asked }) => asked)) expect([row.text, row.verdict]).toEqual([row.text, byText.get(row.text)?.expected.kind === "nothing" ? "right" : expect.stringMatching(/^(?:asked|failed)$/)]);
  });

  it("counts a booking with a note that nobody asked for as harm, and one that fits no entry as a question", async () => {
    const other: Hears = async (text, facts, cancel) => {
      const heard = await perfect(text, facts, cancel);
      const quote = (words: string): Quote => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
      const instead = (fields: Partial<IntentStep>): HeardBy => (heard.kind === "heard" ? { kind: "heard", intent: { by: "model", steps: heard.intent.steps.map((step) => ({ ...step, ...fields })) } } : heard);
      if (text.startsWith("you have ")) return instead({ hours: quote("3h"), targetHours: quote("4h") });
      return text.includes(" mostly ") ? instead({ note: quote("mostly") }) : heard;
    };
    const rows = (await measured(other)).rows.filter(({ verdict }) => verdict !== "right");
    const ends = Object.fromEntries(rows.map(({ id, verdict, harmed }) => [id, { verdict, harmed }]));
    expect(ends).toEqual({ "add-mostly": { verdict: "wrong", harmed: true }, "change-but": { verdict: "asked", harmed: false } });
  });

  it("says of noise what it comes to: nothing that differs from the right changes is ever counted as right, and all that is shown and differs is harm", async () => {
    const fields: readonly QuoteField[] = ["targetWhen", "targetHours", "targetProject", "when", "hours", "project", "task", "note"];
    const kinds: readonly IntentKind[] = ["add", "change", "move", "copy", "delete", "start", "stop", "ask", "none"];
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(1_000_000)), async (dice) => {
        const roll = (count: number): number => (dice.next().value ?? 0) % count;
        const noise: Hears = (text) => {
          const words = [...text.matchAll(/\S+/g)].map((found) => ({ start: found.index, end: found.index + found[0].length }));
          const quote = (): Quote => {
            const from = roll(words.length);
            return { start: words[from]?.start ?? 0, end: words[Math.min(words.length - 1, from + roll(3))]?.end ?? 0 };
          };
          const steps = Array.from({ length: 1 + roll(2) }, (): IntentStep => ({ kind: kinds[roll(kinds.length)] ?? "add", ...Object.fromEntries(fields.filter(() => roll(3) === 0).map((field) => [field, quote()])) }));
          heard.set(text, steps);
          return Promise.resolve({ kind: "heard", intent: { by: "model", steps } });
        };
        const heard = new Map<string, readonly IntentStep[]>();
        const result = await measured(noise);
        expect(result.right + result.asked + result.wrong + result.failed).toBe(40);
        for (const row of result.rows) {
          const ready = byText.get(row.text);
          const steps = heard.get(row.text);
          if (!ready || !steps) continue;
          const { outcome } = weigh(row.text, { by: "model", steps }, ready.facts);
          const differs = outcome.kind === "proposal" && !(ready.expected.kind === "proposal" && digest(outcome.operations) === digest(ready.expected.operations));
          expect([row.text, row.harmed]).toEqual([row.text, differs]);
          if (differs) expect([row.text, row.verdict]).toEqual([row.text, "wrong"]);
        }
      }),
      { numRuns: 12 },
    );
    // Each run reads a thousand texts; a busy computer takes its time for that.
  });

  it("stops when it is told to, and has no result then", async () => {
    const stop = new AbortController();
    const hears: Hears = (text, facts, cancel) => {
      stop.abort();
      return perfect(text, facts, cancel);
    };
    expect(await run(hears, { cancel: stop.signal })).toEqual({ kind: "stopped" });
  });

  it("says a sentence once more when the engine was in trouble, and comes to the same score", async () => {
    const seen = new Map<string, number>();
    const hears: Hears = (text, facts, cancel) => {
      seen.set(text, (seen.get(text) ?? 0) + 1);
      return seen.get(text) === 1 ? Promise.resolve({ kind: "trouble", message: "The model stopped." }) : perfect(text, facts, cancel);
    };
    expect(await measured(hears)).toMatchObject({ right: 40 });
    expect([...seen.values()].every((times) => times === 2)).toBe(true);
  });

  it("gives up, with the engine's own sentence and no result, when it is in trouble twice over one sentence", async () => {
    expect(await run(always({ kind: "trouble", message: "The model's process stopped." }))).toEqual({ kind: "failed", message: "The model's process stopped." });
  });

  it("says a sentence again as often as somebody else's goes first", async () => {
    let times = 0;
    const hears: Hears = (text, facts, cancel) => {
      times += 1;
      return times <= 7 ? Promise.resolve({ kind: "interrupted" }) : perfect(text, facts, cancel);
    };
    expect(await measured(hears)).toMatchObject({ right: 40 });
  });

  it("tells how far it is, one sentence at a time, and how long the rest may take", async () => {
    const told: MeasuringProgress[] = [];
    let clock = 0;
    const hears: Hears = (text, facts, cancel) => {
      clock += 2_000;
      return perfect(text, facts, cancel);
    };
    await run(hears, { now: () => clock, onProgress: (progress) => told.push(progress) });
    expect(told.map(({ done }) => done)).toEqual(Array.from({ length: 41 }, (_, n) => n));
    const half = told[20];
    expect(half && progressWords(half)).toMatch(/^20 of 40, about [34]\d s left$/);
    expect(told[0] && progressWords(told[0])).toBe("0 of 40");
    expect(progressWords({ done: 3, total: 40, secondsLeft: 300 })).toBe("3 of 40, about 5 min left");
    expect(told[40] && progressWords(told[40])).toBe("40 of 40");
  });

  it("says how many sentences had to borrow names", async () => {
    expect(spareWords(await measured(perfect))).toBeUndefined();
    const end = await runShortForm({ accounts: accountsFor(indexProjects([]), spare), hears: always({ kind: "unusable" }), cancel: new AbortController().signal, now: () => 0 });
    expect(end.kind === "measured" && spareWords(end.result)).toMatch(/^3\d of the 40 sentences used names of the sample account, /);
  });
});

describe("the short form's way to the agent", () => {
  const [ready] = [...byText.values()].filter(({ asks }) => asks);
  const hear = (said: Parameters<typeof createScriptedModel>[0][number]): Promise<HeardBy> => hearsWith(createScriptedModel(Array.from({ length: 8 }, () => said)))(ready?.text ?? "", ready?.facts as never, new AbortController().signal);

  it("tells a model that answers nothing of use from one that cannot be asked", async () => {
    expect(await hear("%%%")).toEqual({ kind: "unusable" });
    expect(await hear({ kind: "failed", code: "timeout", message: "The model took too long." })).toEqual({ kind: "unusable" });
    expect(await hear({ kind: "failed", code: "stopped", message: "The model's process stopped." })).toEqual({ kind: "trouble", message: "The model's process stopped." });
  });
});
