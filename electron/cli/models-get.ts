import { readCatalogue } from "../../models/catalogue.ts";
import { gigabytes } from "../../models/download/outcome.ts";
import { paceWords } from "../../models/download/pace.ts";
import type { Progress } from "../../models/download/pace.ts";
import type { Foundation } from "../app/foundation.ts";
import type { Arguments } from "./arguments.ts";
import { COULD_NOT, DONE, type ExitCode, type Terminal } from "./terminal.ts";

/** "34 % of 14.4 GB, 45 MB/s, 4 min left" */
function progressWords(progress: Progress): string {
  const share = `${Math.floor((progress.done / Math.max(1, progress.total)) * 100)} % of ${gigabytes(progress.total)}`;
  const words = paceWords(progress);
  return words === "" ? share : `${share}, ${words}`;
}

/** `stint models get ID`: fetches a model of the catalogue. Ctrl+C pauses; the same command goes on. */
export async function getModel(id: string, given: Arguments, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const entry = readCatalogue().find((model) => model.id === id);
  if (entry === undefined) {
    terminal.say(`There is no model called ${id} to download. See: stint models list`);
    return COULD_NOT;
  }
  const abort = new AbortController();
  const pause = (): void => abort.abort();
  process.once("SIGINT", pause);
  process.once("SIGTERM", pause);
  const shown = { percent: -1, phase: "" };
  try {
    const got = await foundation.models.get(entry, {
      signal: abort.signal,
      ...(given.from === undefined ? {} : { mirrors: [given.from] }),
      onProgress: (progress) => {
        const percent = Math.floor((progress.done / Math.max(1, progress.total)) * 100);
        if (percent === shown.percent && progress.phase === shown.phase) return;
        Object.assign(shown, { percent, phase: progress.phase });
        terminal.say(`${entry.name}: ${progressWords(progress)}`);
      },
    });
    if (given.json) terminal.json(got);
    else if (got.ok) terminal.out(got.message);
    else terminal.say(got.message);
    return got.ok ? DONE : COULD_NOT;
  } finally {
    process.removeListener("SIGINT", pause);
    process.removeListener("SIGTERM", pause);
  }
}
