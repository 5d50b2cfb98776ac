import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { understand } from "../agent/understand.ts";
import type { Facts } from "../core/facts.ts";
import { makeFacts, parseLine, toRow, type Line } from "../core/facts-schema.ts";
import type { Reading } from "../core/outcome.ts";
import { readPhrase } from "../core/phrase.ts";
import { indexProjects, type ProjectIndex } from "../core/projects.ts";
import { read } from "../core/read.ts";
import { weigh } from "../core/weigh.ts";
import { openSample } from "../account/connection.ts";
import { createTimesheet } from "../account/timesheet.ts";
import type { Foundation } from "../app/foundation.ts";
import { COULD_NOT, DONE, type ExitCode, type Terminal } from "./terminal.ts";

const THINK_MS = 120_000;
const MAX_TOKENS = 160;

type Account = Pick<Facts, "shortcuts" | "entries" | "rounding" | "last"> & { readonly projects: Line["account"]["projects"] | Facts["index"]["projects"] };

/** The sample account as a line without an account sees it: fresh, in a temporary folder that is gone when it was read. */
async function sampleAccount(foundation: Foundation): Promise<Account | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "stint-read-"));
  try {
    const opened = await openSample(foundation.environment, join(folder, "account.json"), () => undefined);
    if (opened.kind === "failed") return undefined;
    const timesheet = createTimesheet({ connection: opened.connection, folder, cacheFile: join(folder, "cache.json"), settings: () => foundation.settings.get() });
    await timesheet.refresh();
    const { index, ...facts } = timesheet.facts();
    await timesheet.close();
    return { ...facts, projects: index.projects };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lines often carry the same account over and over: its projects are indexed once. */
function createIndexer(): (projects: Account["projects"]) => ProjectIndex {
  const held: { key: string; index: ProjectIndex | undefined } = { key: "", index: undefined };
  return (projects) => {
    const key = JSON.stringify(projects);
    if (!held.index || held.key !== key) Object.assign(held, { key, index: indexProjects(projects) });
    return held.index ?? indexProjects(projects);
  };
}

interface Reader {
  row(text: string): Promise<{ readonly ok: boolean; readonly row: object }>;
}

function createReader(modelId: string | undefined, foundation: Foundation): Reader {
  const { environment, models } = foundation;
  const indexOf = createIndexer();
  const sample: { account: Promise<Account | undefined> | undefined } = { account: undefined };

  const accountOf = async (line: Line, text: string): Promise<Account> => {
    const given = line.want === "phrase" || "account" in (JSON.parse(text) as object);
    if (given) return line.account;
    sample.account ??= sampleAccount(foundation);
    return (await sample.account) ?? line.account;
  };
  const readingOf = async (text: string, facts: Facts): Promise<Reading> => {
    const reading = read(text, facts);
    if (modelId === undefined || reading.outcome.kind !== "needs-model") return reading;
    const heard = await understand({ text, facts, model: models.model, cancel: new AbortController().signal, maxTokens: MAX_TOKENS, timeoutMs: THINK_MS });
    return heard.kind === "heard" ? weigh(text, heard.intent, facts) : reading;
  };

  return {
    row: async (text) => {
      const parsed = parseLine(text);
      if (parsed.kind === "bad") return { ok: false, row: { ...(parsed.id === undefined ? {} : { id: parsed.id }), error: { code: parsed.code, message: parsed.message } } };
      const { line } = parsed;
      const account = await accountOf(line, text);
      const { zone, weekStart, dateOrder, rules } = line;
      const now = line.now ?? environment.fixedNow ?? new Date().toISOString();
      const { shortcuts, entries, rounding, last, projects } = account;
      const facts = makeFacts({ now, zone, weekStart, dateOrder, shortcuts, entries, rounding, last, rules, projects, index: indexOf(projects) });
      if (!facts) return { ok: false, row: { id: line.id, error: { code: "bad-line", message: "\"now\" is not a time that can be read." } } };
      if (line.want === "phrase") return { ok: true, row: { id: line.id, phrase: readPhrase(line.text, facts) ?? null } };
      return { ok: true, row: toRow(line.id, await readingOf(line.text, facts)) };
    },
  };
}

/** `stint read --jsonl`: one JSON object a line in, one a line out, same order; writes nothing to any account. */
export async function readCommand(modelId: string | undefined, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  if (modelId !== undefined) {
    const used = await foundation.models.load(modelId);
    if (!used.ok) {
      terminal.say(used.message);
      return COULD_NOT;
    }
  }
  const reader = createReader(modelId, foundation);
  let code: ExitCode = DONE;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (text.trim() === "") continue;
    const { ok, row } = await reader.row(text);
    if (!ok) code = COULD_NOT;
    terminal.json(row);
  }
  return code;
}
