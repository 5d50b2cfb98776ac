import type { Cancel, Completion, ModelFailureCode } from "../agent/model.ts";

/** Runs `ask` until it answers, the time is over or the caller gives up; whichever comes first is the answer. */
export function within(timeoutMs: number, cancel: Cancel, ask: (isGivenUp: () => boolean) => Promise<Completion>, giveUp: () => void): Promise<Completion> {
  return new Promise((resolve) => {
    let isSettled = false;
    const settle = (completion: Completion, early: boolean): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      cancel.removeEventListener("abort", onAbort);
      if (early) giveUp();
      resolve(completion);
    };
    const onAbort = (): void => settle(failed("cancelled", "Cancelled."), true);
    const timer = setTimeout(() => settle(failed("timeout", "The model took too long."), true), timeoutMs);
    cancel.addEventListener("abort", onAbort);
    void ask(() => isSettled).then((completion) => settle(completion, false));
  });
}

/** An answer that is none. */
export function failed(code: ModelFailureCode, message: string): { readonly kind: "failed"; readonly code: ModelFailureCode; readonly message: string } {
  return { kind: "failed", code, message };
}
