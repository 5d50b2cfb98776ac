/** From this many minutes on the model stays as long as Stint runs. */
export const ALWAYS = 1440;
/** A model that was loaded ahead of a sentence is not taken away before the sentence is typed, however soon it is to go afterwards. */
const AHEAD_MS = 120_000;

/** Counts what goes on, and runs `onIdle` when nothing has for long enough. */
export interface Idle {
  /** `answers` false: work ahead of a sentence, not for one. */
  during<T>(answers: boolean, work: () => Promise<T>): Promise<T>;
  /** 0: right after each answer. 1440 and more: never. */
  setMinutes(minutes: number): void;
  stop(): void;
}

export function createIdle(minutes: number, onIdle: () => void): Idle {
  const memo: { minutes: number; busy: number; isAhead: boolean; isStopped: boolean; timer?: NodeJS.Timeout } = { minutes, busy: 0, isAhead: false, isStopped: false };
  const rest = (): void => {
    clearTimeout(memo.timer);
    if (memo.busy > 0 || memo.isStopped || memo.minutes >= ALWAYS) return;
    memo.timer = setTimeout(onIdle, memo.minutes > 0 ? memo.minutes * 60_000 : memo.isAhead ? AHEAD_MS : 0);
    memo.timer.unref();
  };
  return {
    during: async (answers, work) => {
      memo.busy += 1;
      clearTimeout(memo.timer);
      try {
        return await work();
      } finally {
        memo.busy -= 1;
        memo.isAhead = !answers;
        rest();
      }
    },
    setMinutes: (value) => {
      memo.minutes = value;
      rest();
    },
    stop: () => {
      memo.isStopped = true;
      clearTimeout(memo.timer);
    },
  };
}
