/** How far a download is, in bytes; a rate and the time left once there is enough to say them from. */
export interface Progress {
  readonly phase: "fetching" | "checking";
  readonly done: number;
  readonly total: number;
  readonly bytesPerSecond: number | undefined;
  readonly secondsLeft: number | undefined;
}

const WINDOW_MS = 10_000;
const SHORTEST_MS = 1_000;

/** Turns counts of bytes into progress: the rate is that of the last ten seconds. `now` gives milliseconds. */
export function createPace(total: number, now: () => number): (done: number) => Progress {
  const points: { readonly at: number; readonly done: number }[] = [];
  return (done) => {
    const at = now();
    points.push({ at, done });
    while (points.length > 2 && at - (points[1]?.at ?? at) >= WINDOW_MS) points.shift();
    const first = points[0] ?? { at, done };
    const milliseconds = at - first.at;
    const gained = done - first.done;
    if (milliseconds < SHORTEST_MS || gained <= 0) return { phase: "fetching", done, total, bytesPerSecond: undefined, secondsLeft: undefined };
    const bytesPerSecond = (gained / milliseconds) * 1000;
    return { phase: "fetching", done, total, bytesPerSecond, secondsLeft: Math.max(0, (total - done) / bytesPerSecond) };
  };
}
