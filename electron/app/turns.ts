import type { Cancel } from "../agent/model.ts";

/** Who may ask the model: a sentence that somebody waits for goes at once, a measurement when nobody does. */
export interface Turns {
  /** Ends the patient work in hand, and runs when that has ended. */
  urgent<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until nothing is urgent. `interrupted`: something urgent came meanwhile, and what the work came to counts for nothing. */
  patient<T>(cancel: Cancel, work: (cancel: Cancel) => Promise<T>): Promise<T | "interrupted">;
}

/** Turns at one model. Patient work is one at a time; `cancel` ends both its waiting and its work. */
export function createTurns(): Turns {
  const urgent = new Set<Promise<unknown>>();
  const patient: { interrupt: (() => void) | undefined; ended: Promise<unknown> } = { interrupt: undefined, ended: Promise.resolve() };
  const settled = (promise: Promise<unknown>): Promise<void> => promise.then(() => undefined, () => undefined);

  /** Until one of the urgent sentences is done, or nobody waits any more. */
  const oneDone = async (cancel: Cancel): Promise<void> => {
    const waiting = { end: (): void => undefined };
    const givenUp = new Promise<void>((resolve) => (waiting.end = resolve));
    cancel.addEventListener("abort", waiting.end);
    await Promise.race([givenUp, ...[...urgent].map(settled)]);
    cancel.removeEventListener("abort", waiting.end);
  };

  return {
    urgent: async (work) => {
      patient.interrupt?.();
      const running = settled(patient.ended).then(work);
      urgent.add(running);
      try {
        return await running;
      } finally {
        urgent.delete(running);
      }
    },
    patient: async (cancel, work) => {
      // Nothing may come between looking and beginning.
      while (urgent.size > 0 && !cancel.aborted) await oneDone(cancel);
      const abort = new AbortController();
      const giveUp = (): void => abort.abort();
      const state = { interrupted: false };
      patient.interrupt = () => {
        state.interrupted = true;
        giveUp();
      };
      if (cancel.aborted) giveUp();
      cancel.addEventListener("abort", giveUp);
      const working = work(abort.signal);
      patient.ended = working;
      try {
        const value = await working;
        return state.interrupted ? "interrupted" : value;
      } finally {
        patient.interrupt = undefined;
        cancel.removeEventListener("abort", giveUp);
      }
    },
  };
}
