import { availableParallelism, freemem } from "node:os";
import { resolve } from "node:path";
import { readCatalogue, sizeOf } from "../../models/catalogue.ts";
import { download } from "../../models/download.ts";
import { planFit } from "../../models/fit.ts";
import { readGguf } from "../../models/gguf.ts";
import { createModelStore } from "../../models/store.ts";
import type { Foundation } from "../app/foundation.ts";
import { sizeWords } from "../app/model-desk.ts";
import type { Arguments } from "./arguments.ts";
import { COULD_NOT, DONE, WRONG_USAGE, type ExitCode, type Terminal } from "./terminal.ts";

const units: Record<string, number> = { "": 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 };

/** "12GiB", "11.5 GB", "8000MiB" in bytes; undefined when it is not a size. */
export function bytesOfText(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s?([a-z]*)$/i.exec(text.trim());
  const unit = match?.[2] === undefined ? undefined : units[match[2].toLowerCase()];
  return match?.[1] === undefined || unit === undefined ? undefined : Math.round(Number(match[1]) * unit);
}

async function listModels(json: boolean, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const rows = await foundation.models.rows();
  const available = readCatalogue().map((entry) => ({ id: entry.id, name: entry.name, bytes: sizeOf(entry), licence: entry.licence, note: entry.note }));
  if (json) {
    terminal.json({ installed: rows, available });
    return DONE;
  }
  for (const row of rows) terminal.out(`${row.chosen ? "●" : "○"} ${row.id.padEnd(36)} ${row.detail}`);
  terminal.out("To download (stint models get ID):");
  for (const model of available) terminal.out(`  ${model.id.padEnd(36)} ${sizeWords(model.bytes).padStart(8)}  ${model.licence}`);
  return DONE;
}

async function getModel(id: string, json: boolean, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const entry = readCatalogue().find((model) => model.id === id);
  if (!entry) {
    terminal.say(`There is no model called ${id} to download. See: stint models list`);
    return COULD_NOT;
  }
  const { bytes, sha256 } = entry;
  if (bytes === null || sha256 === null) {
    terminal.say(`${entry.name} cannot be downloaded by this version: its checksum is not known to Stint.`);
    return COULD_NOT;
  }
  const shown = { percent: -1 };
  const result = await download({ ...entry, bytes, sha256 }, foundation.home.models, {
    fetch: globalThis.fetch,
    onProgress: (done, total) => {
      const percent = Math.floor((done / total) * 100);
      if (percent > shown.percent) terminal.say(`${entry.name}: ${percent} % of ${sizeWords(total)}`);
      shown.percent = percent;
    },
  });
  if (result.kind === "failed") {
    terminal.say(result.message);
    return COULD_NOT;
  }
  return report(await foundation.models.add(result.path), json, terminal);
}

async function planModel(id: string, given: Arguments, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const vram = given.free ?? given.vram;
  const vramFree = vram === undefined ? 0 : bytesOfText(vram);
  const ramFree = given.ram === undefined ? freemem() : bytesOfText(given.ram);
  const context = given.context === undefined ? 4096 : Number(given.context);
  if (vramFree === undefined || ramFree === undefined || !Number.isInteger(context) || context < 256) {
    terminal.say("Sizes are written like 12GiB, the context as a number of tokens from 256.");
    return WRONG_USAGE;
  }
  const model = await createModelStore({ folder: foundation.home.models, now: () => new Date() }).get(id);
  if (!model) {
    const known = readCatalogue().some((entry) => entry.id === id);
    terminal.say(known ? `${id} is not on this computer; a plan needs its file in this version. Download it first: stint models get ${id}` : `There is no model called ${id}.`);
    return COULD_NOT;
  }
  const read = await readGguf(model.path);
  if (read.kind !== "ok") {
    terminal.say(read.message);
    return COULD_NOT;
  }
  // The engine can split whole layers so far; a plan that keeps only the experts on the CPU would promise what it cannot do.
  const plan = planFit(read.facts, { vramFree, ramFree, contextSize: context, expertsOnCpu: false });
  if (given.json) terminal.json({ id, ...plan });
  else terminal.out(`${model.name}: ${plan.sentence}`);
  return DONE;
}

function report(said: { readonly ok: boolean; readonly message: string }, json: boolean, terminal: Terminal): ExitCode {
  if (json) terminal.json(said);
  else if (said.ok) terminal.out(said.message);
  else terminal.say(said.message);
  return said.ok ? DONE : COULD_NOT;
}

/** `stint models …`: the same list, choice and planner as the app. */
export async function modelsCommand(given: Arguments, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const [, verb = "list", target] = given.words;
  if (verb === "list") return listModels(given.json, foundation, terminal);
  if (!target || !["add", "get", "use", "remove", "plan"].includes(verb)) {
    terminal.say("Use: stint models [list | add FILE | get ID | use ID | remove ID | plan ID --vram 12GiB --context 8192]");
    return WRONG_USAGE;
  }
  switch (verb) {
    case "add":
      return report(await foundation.models.add(resolve(target)), given.json, terminal);
    case "get":
      return getModel(target, given.json, foundation, terminal);
    case "use":
      terminal.say(`Loading ${target} on ${availableParallelism()} cores…`);
      return report(await foundation.models.use(target), given.json, terminal);
    case "remove":
      return report(await foundation.models.remove(target), given.json, terminal);
    default:
      return planModel(target, given, foundation, terminal);
  }
}
