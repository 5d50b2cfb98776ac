import { createHash } from "node:crypto";
import { z } from "zod";
import type { IsoDate } from "../core/entry.ts";

/*
 * What a journal line may hold, version 1. Lines outlive the program that wrote them, so these shapes change by addition only;
 * anything else is a new version.
 */

/** The version that this program writes; a line with a higher one is never read or written over. */
export const JOURNAL_VERSION = 1;

const isoDate = z.custom<IsoDate>((value) => typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value));
const fields = z.array(z.enum(["date", "hours", "project", "task", "notes"])).readonly();
const changeSet = z.object({
  date: isoDate.optional(),
  hours: z.number().optional(),
  project: z.number().optional(),
  task: z.number().optional(),
  notes: z.string().optional(),
});
const timer = z.object({ date: isoDate, project: z.number(), task: z.number(), notes: z.string() });
const draft = timer.extend({ hours: z.number() });

const operation = z.discriminatedUnion("op", [
  draft.extend({ op: z.literal("add"), assumed: fields.optional() }),
  z.object({ op: z.literal("change"), entry: z.number(), set: changeSet, assumed: fields.optional() }),
  z.object({ op: z.literal("delete"), entry: z.number() }),
  timer.omit({ date: true }).extend({ op: z.literal("start"), assumed: fields.optional() }),
  z.object({ op: z.literal("stop"), entry: z.number() }),
]);

const image = draft.extend({
  id: z.number(),
  running: z.boolean(),
  locked: z.string().optional(),
  updatedAt: z.string().optional(),
  mark: z.string().optional(),
});
/** An entry as it was seen in Harvest at one moment. */
export type Image = z.infer<typeof image>;

/** Every step may say which step of the original batch it takes back, when it is part of an undo. */
const step = { mark: z.string(), undoes: z.int().optional() };
const onEntry = { ...step, entry: z.number(), expect: image };
const stepSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("create"), ...step, draft, replaces: z.number().optional() }),
  z.object({ do: z.literal("start"), ...step, draft: timer, replaces: z.number().optional() }),
  z.object({ do: z.literal("change"), ...onEntry, set: changeSet }),
  z.object({ do: z.literal("stop"), ...onEntry }),
  z.object({ do: z.literal("restart"), ...onEntry }),
  z.object({ do: z.literal("remove"), ...onEntry }),
]);
/**
 * One request to Harvest, as it will be sent. `mark` is its own name. `expect` is the entry as the user saw it: a different one is
 * not written over. `replaces` is the id of the deleted entry that a create or a start brings back.
 */
export type Step = z.infer<typeof stepSchema>;

const aboutStep = { batch: z.string(), step: z.int().min(0) };
const recordSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("batch"),
    batch: z.string(),
    /** The batch that this one takes back. */
    of: z.string().optional(),
    sentence: z.string(),
    operations: z.array(operation).readonly(),
    steps: z.array(stepSchema).readonly(),
    before: z.array(image).readonly(),
    labels: z.array(z.string()).readonly().optional(),
  }),
  /** `twins`: entries that already looked the same before it went out, so none of them is what it made. */
  z.object({ kind: z.literal("sending"), ...aboutStep, twins: z.array(z.number()).readonly().optional() }),
  /** Harvest is known not to have taken it: it may be sent again without looking for twins. */
  z.object({ kind: z.literal("returned"), ...aboutStep }),
  z.object({ kind: z.literal("done"), ...aboutStep, entry: z.number(), image }),
  z.object({ kind: z.literal("refused"), ...aboutStep, message: z.string() }),
  z.object({ kind: z.literal("needs-you"), ...aboutStep, message: z.string() }),
  /** A person saw why the step ended and wants it all the same: it waits again, now for an entry that looks like `expect`. */
  z.object({ kind: z.literal("again"), ...aboutStep, expect: image.optional() }),
  /** What of this batch was not sent yet never will be. */
  z.object({ kind: z.literal("withdrawn"), batch: z.string() }),
]);
/** One fact in the journal. */
export type JournalRecord = z.infer<typeof recordSchema>;
export type BatchRecord = Extract<JournalRecord, { kind: "batch" }>;

/** A record with its place and time (ISO 8601, UTC) in the journal. */
export interface Stored {
  readonly seq: number;
  readonly at: string;
  readonly record: JournalRecord;
}

const lineSchema = z.object({ v: z.int(), seq: z.int(), at: z.string(), sum: z.string(), data: z.unknown() });

const checksum = (v: number, seq: number, at: string, data: unknown): string =>
  createHash("sha256").update(JSON.stringify([v, seq, at, data])).digest("hex").slice(0, 12);

/** Writes one record as two equal lines, newlines included: one spoilt byte costs a copy, never the record. */
export function writeLines({ seq, at, record }: Stored): string {
  const line = `${JSON.stringify({ v: JOURNAL_VERSION, seq, at, sum: checksum(JOURNAL_VERSION, seq, at, record), data: record })}\n`;
  return line + line;
}

export type Line = { readonly kind: "record"; readonly stored: Stored } | { readonly kind: "newer" } | { readonly kind: "damaged" };

/** Reads one line. `newer`: whole, but written by a later program. `damaged`: not what was once written. */
export function readLine(text: string): Line {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: "damaged" };
  }
  const line = lineSchema.safeParse(json);
  if (!line.success) return { kind: "damaged" };
  const { v, seq, at, sum, data } = line.data;
  if (sum !== checksum(v, seq, at, data)) return { kind: "damaged" };
  if (v > JOURNAL_VERSION) return { kind: "newer" };
  const record = recordSchema.safeParse(data);
  return record.success ? { kind: "record", stored: { seq, at, record: record.data } } : { kind: "damaged" };
}

/** The whole lines inside a damaged one: a spoilt newline makes one line of two. */
export function salvage(text: string): readonly Stored[] {
  // Inside a record this beginning only ever stands with its quotes escaped.
  const parts = text.split(/(?=\{"v":)/);
  return parts.flatMap((part) => [part, part.slice(0, -1)].map(readLine).flatMap((line) => (line.kind === "record" ? [line.stored] : [])));
}
