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
  /** Cases that were left open with a question, and cases that were shown as something else than is right; where they were counted. */
  asked: z.int().nonnegative().optional(),
  wrong: z.int().nonnegative().optional(),
  at: z.string(),
});
/** How many cases of an evaluation a model got right, and when that was found (an ISO instant). */
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

/** `computer` names the machine that seconds are measured on; by default its processors. `suite`: a score of any other evaluation, or of an older version of it, counts as none. */
export function createMeasuredStore(options: { readonly folder: string; readonly computer?: string | undefined; readonly suite?: string | undefined }): MeasuredStore {
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
      const isOurs = options.suite === undefined || found?.score?.suite === options.suite;
      return { secondsPerSentence: median(seconds), sentences: seconds.length, score: isOurs ? found?.score : undefined };
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

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "24 Nov" of this year, "24 Nov 2025" of another one, in the zone of this computer. */
function dayWords(at: string, now: Date): string | undefined {
  const day = new Date(at);
  if (Number.isNaN(day.getTime())) return undefined;
  return `${day.getDate()} ${MONTHS[day.getMonth()] ?? ""}${day.getFullYear() === now.getFullYear() ? "" : ` ${day.getFullYear()}`}`;
}

/** "31 of 40 right, 9 asked, 0 wrong", as far as it was counted; cases without an answer are named when there were any. */
export function tallyWords({ right, cases, asked, wrong }: Pick<EvalScore, "right" | "cases" | "asked" | "wrong">): string {
  if (asked === undefined || wrong === undefined) return `${right} of ${cases} right`;
  const rest = cases - right - asked - wrong;
  return `${right} of ${cases} right, ${asked} asked, ${wrong} wrong${rest > 0 ? `, ${rest} without an answer` : ""}`;
}

/** "31 of 40 right, 9 asked, 0 wrong; measured 24 Nov", or that it has not been measured yet. */
export function scoreWords({ score: given }: Measured, now: Date = new Date()): string {
  if (given === undefined) return "score not measured yet";
  const day = dayWords(given.at, now);
  return `${tallyWords(given)}${day === undefined ? "" : `; measured ${day}`}`;
}
