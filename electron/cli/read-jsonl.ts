import { createInterface } from "node:readline";
import { understand } from "../agent/understand.ts";
import type { Facts } from "../core/facts.ts";
import { factsFrom, parseReadLine, toPhraseRow, toRow, type ReadLine } from "../core/facts-schema.ts";
import type { Reading } from "../core/outcome.ts";
import { propose } from "../core/propose.ts";
import { read } from "../core/read.ts";
import { readPhrase } from "../core/phrase.ts";
import { openSample } from "../account/connection.ts";
import { createTimesheet } from "../account/timesheet.ts";
import type { Foundation } from "../app/foundation.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { COULD_NOT, DONE, type ExitCode, type Terminal } from "./terminal.ts";

const THINK_MS = 120_000;

/** The sample account as a line without an account sees it: fresh, in a temporary folder that is gone when the command ends. */
async function sampleAccount(foundation: Foundation): Promise<ReadLine["account"]> {
  const folder = mkdtempSync(join(tmpdir(), "stint-read-"));
  try {
    const opened = await openSample(foundation.environment, join(folder, "account.json"), () => undefined);
    if (opened.kind === "failed") return undefined;
    const timesheet = createTimesheet({ connection: opened.connection, folder, cacheFile: join(folder, "cache.json"), settings: () => foundation.settings.get() });
    await timesheet.refresh();
    const { index, entries, shortcuts } = timesheet.facts();
    await timesheet.close();
    return { projects: [...index.projects], entries: [...entries], shortcuts: [...shortcuts] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `stint read --jsonl`: one JSON object a line in, one a line out, same order; writes nothing to any account. */
export async function readCommand(modelId: string | undefined, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  if (modelId !== undefined) {
    const used = await foundation.models.use(modelId);
    if (!used.ok) {
      terminal.say(used.message);
      return COULD_NOT;
    }
  }
  const { environment } = foundation;
  const standing: { bad: boolean; sample: ReadLine["account"]; asked: boolean; account: string; facts: Facts | undefined } = { bad: false, sample: undefined, asked: false, account: "", facts: undefined };

  const readingOf = async (text: string, facts: Facts): Promise<Reading> => {
    const reading = read(text, facts);
    if (modelId === undefined || reading.outcome.kind !== "needs-model") return reading;
    const heard = await understand({ text, model: foundation.models.model, cancel: new AbortController().signal, maxTokens: 160, timeoutMs: THINK_MS });
    return heard.kind === "heard" ? propose(text, heard.intent, facts) : reading;
  };

  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (text.trim() === "") continue;
    const line = parseReadLine(text, { now: environment.fixedNow ?? new Date().toISOString(), zone: environment.zone });
    if (line.kind === "wrong") {
      standing.bad = true;
      terminal.json({ ...(line.id === undefined ? {} : { id: line.id }), error: { code: line.code, message: line.message } });
      continue;
    }
    let given = line.line;
    if (given.account === undefined && given.want === "sentence") {
      if (!standing.asked) {
        standing.asked = true;
        standing.sample = await sampleAccount(foundation);
      }
      given = { ...given, ...(standing.sample ? { account: standing.sample } : {}) };
    }
    const facts = factsFrom(given);
    if (given.want === "phrase") terminal.json(toPhraseRow(given.id, readPhrase(given.text, facts)));
    else terminal.json(toRow(given.id, await readingOf(given.text, facts)));
  }
  return standing.bad ? COULD_NOT : DONE;
}
