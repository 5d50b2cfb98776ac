import type { MeasuringProgress, ShortFormResult } from "./run.ts";

const left = (seconds: number): string => (seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`);

/** "12 of 40, about 2 min left", as far as it can be said. */
export function progressWords({ done, total, secondsLeft }: MeasuringProgress): string {
  return secondsLeft === undefined || done === total ? `${done} of ${total}` : `${done} of ${total}, about ${left(secondsLeft)} left`;
}

/** Where names that are not the user's had to stand in; undefined when none had to. */
export function spareWords({ spare, cases }: ShortFormResult): string | undefined {
  if (spare === 0) return undefined;
  return `${spare} of the ${cases} sentences used names of the sample account, because too few projects of this one can be told apart.`;
}
