import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { ResultFile, ResultRow } from "./result.ts";

/** Rows of a run as they come, on disk, so that an interrupted run goes on where it was. */
export interface RunJournal {
  /** Rows of an earlier run of the same agent, user and code, by trial. */
  readonly known: ReadonlyMap<string, ResultRow>;
  add(key: string, row: ResultRow): void;
  /** Writes the whole result in one piece and removes what was kept on the way. */
  finish(result: ResultFile): void;
  /** Lets go of the file; what was kept stays for the next run. */
  close(): void;
}
export type OpenedJournal = { readonly kind: "open"; readonly journal: RunJournal } | { readonly kind: "taken"; readonly message: string };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** One run at a time may write a file: the second says so instead of mixing its rows in. A run that died leaves no claim. */
function claim(lock: string): boolean {
  if (existsSync(lock)) {
    const pid = Number(readFileSync(lock, "utf8"));
    if (Number.isInteger(pid) && pid > 0 && isAlive(pid)) return false;
    rmSync(lock, { force: true });
  }
  try {
    const handle = openSync(lock, "wx");
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch {
    return false;
  }
}

function readKnown(file: string, stamp: string): Map<string, ResultRow> {
  const known = new Map<string, ResultRow>();
  if (!existsSync(file)) return known;
  for (const line of readFileSync(file, "utf8").split("\n")) {
    try {
      // Written by this very program; a line that was cut off by a crash is played again.
      const kept = JSON.parse(line) as { stamp: string; key: string; row: ResultRow };
      if (kept.stamp === stamp) known.set(kept.key, kept.row);
    } catch {
      continue;
    }
  }
  return known;
}

/** Opens the journal beside `out`. `stamp` names agent, user and code: rows of another stamp are not used. */
export function openJournal(out: string, stamp: string): OpenedJournal {
  mkdirSync(dirname(out), { recursive: true });
  const [partial, lock] = [`${out}.partial.jsonl`, `${out}.lock`];
  if (!claim(lock)) return { kind: "taken", message: `Another run is writing ${out}. Give this one another --out.` };
  const known = readKnown(partial, stamp);
  writeFileSync(partial, [...known].map(([key, row]) => `${JSON.stringify({ stamp, key, row })}\n`).join(""));
  return {
    kind: "open",
    journal: {
      known,
      add: (key, row) => appendFileSync(partial, `${JSON.stringify({ stamp, key, row })}\n`),
      finish: (result) => {
        const draft = `${out}.${process.pid}.new`;
        writeFileSync(draft, `${JSON.stringify({ summary: result.summary, rows: result.rows }, undefined, 1)}\n`);
        renameSync(draft, out);
        rmSync(partial, { force: true });
      },
      close: () => rmSync(lock, { force: true }),
    },
  };
}
