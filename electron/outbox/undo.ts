import { isSameEntry, valuesFrom } from "./compare.ts";
import { expectedBefore, type Ledger, type LedgerBatch } from "./ledger.ts";
import type { Step } from "./records.ts";
import type { Remote } from "./remote.ts";

type StepDraft = Step extends infer S ? (S extends Step ? Omit<S, "mark" | "undoes"> : never) : never;

/** The steps that take a batch back, last step first; only what Harvest has and no undo has taken back yet. */
export function planUndo(ledger: Ledger, batch: LedgerBatch, newMark: () => string): readonly Step[] {
  return [...ledger.standing(batch.id)].reverse().flatMap((index) => {
    const back = takeBack(ledger, batch, index);
    return back ? [{ ...back, mark: newMark(), undoes: index }] : [];
  });
}

function takeBack(ledger: Ledger, batch: LedgerBatch, index: number): StepDraft | undefined {
  const step = batch.record.steps[index];
  const state = batch.states[index];
  if (!step || state?.kind !== "done") return undefined;
  const onEntry = { entry: ledger.currentId(state.entry), expect: state.image };
  switch (step.do) {
    case "create":
    case "start":
      return { do: "remove", ...onEntry };
    case "remove": {
      const { date, hours, project, task, notes } = state.image;
      return { do: "create", draft: { date, hours, project, task, notes }, replaces: step.entry };
    }
    case "change":
      return { do: "change", ...onEntry, set: valuesFrom(expectedBefore(batch, index) ?? step.expect, step.set) };
    case "stop":
      return { do: "restart", ...onEntry };
    case "restart":
      return { do: "stop", ...onEntry };
  }
}

/** Whether every entry that `steps` touch is still as this computer left it. `unknown`: Harvest could not be asked. */
export async function checkUntouched(remote: Remote, steps: readonly Step[]): Promise<{ readonly kind: "untouched" } | { readonly kind: "changed" | "unknown"; readonly message: string }> {
  const seen = new Set<number>();
  for (const step of steps) {
    // Steps run last first, so the first one on an entry carries the picture that the whole batch left.
    if (step.do === "create" || step.do === "start" || seen.has(step.entry)) continue;
    seen.add(step.entry);
    const read = await remote.read(step.entry);
    if (read.kind === "ok") {
      if (!isSameEntry(read.value, step.expect)) return { kind: "changed", message: "That entry was changed since it was saved, so nothing was undone." };
    } else if (read.code === "not-found") {
      return { kind: "changed", message: "That entry is no longer in Harvest, so nothing was undone." };
    } else {
      return { kind: "unknown", message: read.message };
    }
  }
  return { kind: "untouched" };
}
