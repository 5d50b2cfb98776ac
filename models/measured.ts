import { mkdir, readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { writeAtomic } from "./atomic.ts";
import { waitForLock } from "./lock.ts";

const score = z.strictObject({
  /** Which evaluation it was: its name says cases and version. */
  suite: z.string().min(1).max(200),
  right: z.int().nonnegative(),
  cases: z.int().positive(),
  /** Cases after which something was written that nobody asked for. */
  harmed: z.int().nonnegative(),
  at: z.string(),
});
/** How many cases of an evaluation a model got right, as `npm run evals` found it. */
export type EvalScore = z.infer<typeof score>;

const record = z.strictObject({
  model: z.string().min(1),
  /** The size of the model's file when it was measured: another file under the same name has not been measured. */
  bytes: z.int().nonnegative(),
  /** Seconds of the latest sentences, newest last, by the computer that they were read on. */
  seconds: z.record(z.string(), z.array(z.number().nonnegative())),
  score: score.optional(),
});
const file = z.strictObject({ version: z.literal(1), records: z.array(record) });
type ModelRecord = z.infer<typeof record>;

/** What is known about a model from trying it: the median of its latest sentences on this computer, and its score. */
export interface Measured {
  readonly secondsPerSentence: number | undefined;
  readonly sentences: number;
  readonly score: EvalScore | undefined;
}

/** A model and the size of its file: what a measurement belongs to. */
export interface MeasuredModel {
  readonly id: string;
  readonly bytes: number;
}

/** Measurements of the user's models, kept in `measured.json` beside their list. What cannot be read or written counts as not measured. */
export interface MeasuredStore {
  of(model: MeasuredModel): Promise<Measured>;
  took(model: MeasuredModel, seconds: number): Promise<void>;
  scored(model: MeasuredModel, score: EvalScore): Promise<void>;
}

const LATEST = 20;

/** `computer` names the machine that seconds are measured on; by default its processors. */
export function createMeasuredStore(options: { readonly folder: string; readonly computer?: string | undefined }): MeasuredStore {
  const path = join(options.folder, "measured.json");
  const computer = options.computer ?? thisComputer();
  const change = async (model: MeasuredModel, work: (before: ModelRecord) => ModelRecord): Promise<void> => {
    const release = await mkdir(options.folder, { recursive: true }).then(() => waitForLock(path), () => undefined);
    if (release === undefined) return;
    try {
      const records = await readRecords(path);
      const before = records.find((each) => isOf(each, model)) ?? { model: model.id, bytes: model.bytes, seconds: {} };
      const after = [...records.filter((each) => each.model !== model.id), work(before)];
      await writeAtomic(path, `${JSON.stringify({ version: 1, records: after }, undefined, 2)}\n`);
    } catch {
      // A measurement that cannot be kept is no reason to fail a sentence.
    } finally {
      await release();
    }
  };
  return {
    of: async (model) => {
      const found = (await readRecords(path)).find((each) => isOf(each, model));
      const seconds = found?.seconds[computer] ?? [];
      return { secondsPerSentence: median(seconds), sentences: seconds.length, score: found?.score };
    },
    took: (model, seconds) =>
      change(model, (before) => ({ ...before, seconds: { ...before.seconds, [computer]: [...(before.seconds[computer] ?? []), Math.round(seconds * 1000) / 1000].slice(-LATEST) } })),
    scored: (model, given) => change(model, (before) => ({ ...before, score: given })),
  };
}

function isOf(each: ModelRecord, model: MeasuredModel): boolean {
  return each.model === model.id && each.bytes === model.bytes;
}

function thisComputer(): string {
  const all = cpus();
  return `${all[0]?.model.trim() ?? "unknown"} × ${all.length}`;
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle];
  const low = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  return high === undefined || low === undefined ? undefined : (low + high) / 2;
}

async function readRecords(path: string): Promise<readonly ModelRecord[]> {
  try {
    const parsed = file.safeParse(JSON.parse(await readFile(path, "utf8")));
    return parsed.success ? parsed.data.records : [];
  } catch {
    return [];
  }
}

/** "1.4 s a sentence here", or that it has not been measured yet. */
export function secondsWords({ secondsPerSentence }: Measured): string {
  return secondsPerSentence === undefined ? "speed not measured yet" : `${secondsPerSentence.toFixed(1)} s a sentence here`;
}

/** "93 of 100 cases right", or that it has not been measured yet. */
export function scoreWords({ score: given }: Measured): string {
  return given === undefined ? "score not measured yet" : `${given.right} of ${given.cases} cases right`;
}
