import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { ModelOffer } from "../app/model-rows.ts";
import { sizeWords } from "../app/model-rows.ts";
import type { Foundation } from "../app/foundation.ts";
import { RULES } from "../app/model-list.ts";
import { SERVER } from "../app/model-server.ts";
import { serverAddress } from "../engine/external/address.ts";
import type { Arguments } from "./arguments.ts";
import { getModel } from "./models-get.ts";
import { planModel } from "./models-plan.ts";
import { COULD_NOT, DONE, WRONG_USAGE, type ExitCode, type Terminal } from "./terminal.ts";

async function listModels(json: boolean, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const rows = await foundation.models.rows("wait");
  const offers = await foundation.models.offers("wait");
  if (json) {
    terminal.json({ installed: rows, available: offers });
    return DONE;
  }
  for (const row of rows) {
    terminal.out(`${row.chosen ? "●" : "○"} ${row.id.padEnd(28)} ${row.detail}`);
    for (const fact of [row.fit, [row.speed, row.score].filter(Boolean).join("; ")]) if (fact) terminal.out(`    ${fact}`);
  }
  terminal.out("To download (stint models get ID):");
  for (const offer of offers.filter(({ installed }) => !installed)) terminal.out(offerLine(offer));
  return DONE;
}

function offerLine({ id, bytes, licence, fit, recommended, detail }: ModelOffer): string {
  const size = `${sizeWords(bytes)}`.padStart(8);
  return `  ${id.padEnd(20)} ${size}  ${licence}  ${recommended ? "Recommended here. " : ""}${fit}${detail === "" ? "" : ` ${detail}`}`;
}

function report(said: { readonly ok: boolean; readonly message: string }, json: boolean, terminal: Terminal): ExitCode {
  if (json) terminal.json(said);
  else if (said.ok) terminal.out(said.message);
  else terminal.say(said.message);
  return said.ok ? DONE : COULD_NOT;
}

/** `stint models server ADDRESS [MODEL]`: a model server of one's own in the list; "off" takes it out again. */
function serverCommand(given: Arguments, { settings }: Foundation, terminal: Terminal): ExitCode {
  const [, , typed, model = ""] = given.words;
  if (typed === undefined) {
    terminal.say("Use: stint models server ADDRESS [MODEL] [--network], or stint models server off");
    return WRONG_USAGE;
  }
  const rules = settings.get().model === SERVER ? { model: RULES } : {};
  if (typed === "off") return report(settings.update({ server: undefined, ...rules }).kind === "kept" ? { ok: true, message: "No model server is in the list." } : { ok: false, message: "The settings file could not be written." }, given.json, terminal);
  const address = serverAddress(typed, given.network);
  if (address.kind === "refused") return report({ ok: false, message: address.message }, given.json, terminal);
  const kept = settings.update({ server: { address: typed, model, allowNetwork: given.network } }).kind === "kept";
  return report(kept ? { ok: true, message: `${address.warning} Choose it with: stint models use server` } : { ok: false, message: "The settings file could not be written." }, given.json, terminal);
}

/** `stint models …`: the same list, choice, planner and downloads as the app. */
export async function modelsCommand(given: Arguments, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const [, verb = "list", target] = given.words;
  if (verb === "list") return listModels(given.json, foundation, terminal);
  if (verb === "server") return serverCommand(given, foundation, terminal);
  if (!target || !["add", "get", "use", "remove", "plan"].includes(verb)) {
    terminal.say("Use: stint models [list | add FILE | get ID [--from ADDRESS] | use ID | remove ID | plan ID --vram 12GiB --context 8192 | server ADDRESS [MODEL] [--network] | server off]");
    return WRONG_USAGE;
  }
  switch (verb) {
    case "add":
      return report(await foundation.models.add(resolve(target)), given.json, terminal);
    case "get":
      return getModel(target, given, foundation, terminal);
    case "use":
      terminal.say(`Loading ${target} on ${availableParallelism()} cores…`);
      return report(await foundation.models.use(target), given.json, terminal);
    case "remove":
      return report(await foundation.models.remove(target), given.json, terminal);
    default:
      return planModel(target, given, foundation, terminal);
  }
}
