import { isWaiting, type Ledger, type LedgerBatch } from "./ledger.ts";
import type { Stored } from "./records.ts";

const DAY_MS = 86_400_000;
/** How long the history reaches back. */
const HISTORY_DAYS = 30;
/** A journal of fewer records than this is left as it is. */
export const COMPACT_AT = 2_000;

/**
 * Which records a compacted journal keeps: all of the last 30 days, and all of every batch that is not finished or that an unfinished
 * undo takes back. Undefined while nothing, or too little, would go.
 */
export function worthKeeping(ledger: Ledger, records: readonly Stored[], now: Date, compactAt: number): ((stored: Stored) => boolean) | undefined {
  if (records.length < compactAt) return undefined;
  // A clock that ran ahead must not make today's work look old: the newest record is never older than now.
  const newest = Math.min(now.getTime(), Date.parse(records.at(-1)?.at ?? ""));
  const from = newest - HISTORY_DAYS * DAY_MS;
  const recent = new Set(records.flatMap(({ at, record }) => (Date.parse(at) >= from ? [record.batch] : [])));
  const kept = new Set<string>();
  for (const batch of [...ledger.batches()].reverse()) {
    if (recent.has(batch.id) || isWaiting(batch) || kept.has(batch.id)) {
      kept.add(batch.id);
      // An undo without what it takes back, or the other way round, would tell another story.
      if (batch.record.of !== undefined) kept.add(batch.record.of);
    }
  }
  for (const batch of ledger.batches()) if (batch.record.of !== undefined && kept.has(batch.record.of)) kept.add(batch.id);
  const keeps = (stored: Stored): boolean => kept.has(stored.record.batch);
  const gone = records.filter((stored) => !keeps(stored)).length;
  return gone * 2 > records.length ? keeps : undefined;
}

/** What was confirmed in the last 30 days, and what still waits however old it is: newest first, without the undos. */
export function recentBatches(ledger: Ledger, now: Date): readonly LedgerBatch[] {
  const from = now.getTime() - HISTORY_DAYS * DAY_MS;
  return ledger.batches().filter((batch) => batch.record.of === undefined && (Date.parse(batch.at) >= from || isWaiting(batch))).reverse();
}
