/** Says on stderr how far a run is: on a terminal in place, elsewhere a line now and then. */
export interface Progress {
  step(done: number, good: number, harmed: number): void;
  end(): void;
}

const QUIET_MS = 5_000;

function left(seconds: number): string {
  if (seconds >= 90) return `${Math.round(seconds / 60)} min left`;
  return `${Math.max(0, Math.round(seconds))} s left`;
}

export function createProgress(total: number, resumed: number): Progress {
  const begun = performance.now();
  const inPlace = process.stderr.isTTY;
  let shown = 0;
  return {
    step: (done, good, harmed) => {
      const now = performance.now();
      if (done < total && now - shown < (inPlace ? 100 : QUIET_MS)) return;
      shown = now;
      const fresh = Math.max(1, done - resumed);
      const remaining = ((now - begun) / 1000 / fresh) * (total - done);
      const line = `${done}/${total}  ${good} right, ${harmed} harm  ${left(remaining)}`;
      process.stderr.write(inPlace ? `\r${line.padEnd(70)}` : `${line}\n`);
    },
    end: () => {
      if (inPlace) process.stderr.write("\n");
    },
  };
}
