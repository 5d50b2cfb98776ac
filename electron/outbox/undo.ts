import type { IsoDate } from "../core/entry.ts";
import { valuesFrom } from "./compare.ts";
import { expectedBefore, type Ledger, type LedgerBatch } from "./ledger.ts";
import type { Step } from "./records.ts";

type StepDraft = Step extends infer S ? (S extends Step ? Omit<S, "mark" | "undoes"> : never) : never;

/** The steps that take a batch back, last step first; only what Harvest has and no undo has taken back yet. */
export function planUndo(ledger: Ledger, batch: LedgerBatch, newMark: () => string, today: IsoDate): readonly Step[] {
  return [...ledger.standing(batch.id)].reverse().flatMap((index) => takeBack(ledger, batch, index, today).map((back) => ({ ...back, mark: newMark(), undoes: index })));
}

function takeBack(ledger: Ledger, batch: LedgerBatch, index: number, today: IsoDate): readonly StepDraft[] {
  const step = batch.record.steps[index];
  const state = batch.states[index];
  if (!step || state?.kind !== "done") return [];
  const onEntry = { entry: ledger.currentId(state.entry), expect: state.image };
  switch (step.do) {
    case "create":
      return [{ do: "remove", ...onEntry }];
    case "start":
      return [{ do: "remove", ...onEntry }, ...restartDisplaced(ledger, batch, index)];
    case "remove": {
      const { date, hours, project, task, notes, running } = state.image;
      // A timer that had counted nothing yet has no hours to book: it is started again, on the day that it is now.
      if (running && hours === 0) return [{ do: "start", draft: { date: today, project, task, notes }, replaces: step.entry }];
      return [{ do: "create", draft: { date, hours, project, task, notes }, replaces: step.entry }];
    }
    case "change":
      return [{ do: "change", ...onEntry, set: valuesFrom(expectedBefore(batch, index) ?? step.expect, step.set) }];
    case "stop":
      return [{ do: "restart", ...onEntry }];
    case "restart":
      return [{ do: "stop", ...onEntry }];
  }
}

/** Harvest runs one timer: a start stopped the one that ran, unless a step before it had done so. Taking the start back lets it run again. */
function restartDisplaced(ledger: Ledger, batch: LedgerBatch, index: number): readonly StepDraft[] {
  const { before, steps } = batch.record;
  const wasStopped = (entry: number): boolean => steps.slice(0, index).some((step) => step.do === "start" || (step.do !== "create" && step.do !== "change" && ledger.currentId(step.entry) === ledger.currentId(entry)));
  const displaced = before.find(({ id, running }) => running && !wasStopped(id));
  return displaced ? [{ do: "restart", entry: ledger.currentId(displaced.id), expect: { ...displaced, running: false } }] : [];
}
