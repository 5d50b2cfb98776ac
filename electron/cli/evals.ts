import type { Foundation } from "../app/foundation.ts";
import { RULES } from "../app/model-list.ts";
import type { MeasuredRow } from "../measure/run.ts";
import { progressWords } from "../measure/words.ts";
import { COULD_NOT, DONE, WRONG_USAGE, type ExitCode, type Terminal } from "./terminal.ts";

const SIGNS: Readonly<Record<MeasuredRow["verdict"], string>> = { right: "right", asked: "asked", wrong: "WRONG", failed: "no answer" };

/** `stint evals [MODEL]`: how well a model of this computer reads forty sentences with the names of the open account. Ctrl+C stops, and nothing is kept then. */
export async function evalsCommand(words: readonly string[], json: boolean, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const [named, ...more] = words;
  if (more.length > 0) {
    terminal.say("Use: stint evals [MODEL] [--json]");
    return WRONG_USAGE;
  }
  const id = named ?? foundation.settings.get().model;
  if (named === undefined && id === RULES) {
    terminal.say("No model is chosen. Name one that is on this computer: stint evals MODEL. See: stint models list");
    return COULD_NOT;
  }
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    const ended = await foundation.measuring.measure(id, { signal: abort.signal, onProgress: (progress) => terminal.say(`${id}: ${progressWords(progress)}`) });
    const { result, at } = ended;
    if (result === undefined) {
      if (json) terminal.json({ ok: false, message: ended.message });
      else terminal.say(ended.message);
      return COULD_NOT;
    }
    if (json) {
      const { rows, ...score } = result;
      terminal.json({ ok: true, model: id, ...score, at, message: ended.message, rows });
      return DONE;
    }
    for (const row of result.rows.filter(({ verdict }) => verdict !== "right")) terminal.out(`  ${SIGNS[row.verdict].padEnd(9)}  ${row.text}`);
    terminal.out(ended.message);
    return DONE;
  } finally {
    process.removeListener("SIGINT", stop);
    process.removeListener("SIGTERM", stop);
  }
}
