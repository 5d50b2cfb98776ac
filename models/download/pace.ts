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

/** "45 MB/s, 4 min left", as far as it can be said; what is being done once all has arrived. */
export function paceWords({ phase, bytesPerSecond, secondsLeft }: Progress): string {
  if (phase === "checking") return "checking what arrived";
  if (bytesPerSecond === undefined || secondsLeft === undefined) return "";
  const rate = bytesPerSecond >= 1e6 ? `${Math.round(bytesPerSecond / 1e6)} MB/s` : `${Math.max(1, Math.round(bytesPerSecond / 1e3))} kB/s`;
  const left = secondsLeft < 90 ? `${Math.max(1, Math.round(secondsLeft))} s` : secondsLeft < 5_400 ? `${Math.round(secondsLeft / 60)} min` : `${(secondsLeft / 3_600).toFixed(1)} h`;
  return `${rate}, ${left} left`;
}
