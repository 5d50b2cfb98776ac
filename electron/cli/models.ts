import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { ModelOffer } from "../app/model-rows.ts";
import { sizeWords } from "../app/model-rows.ts";
import type { Foundation } from "../app/foundation.ts";
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

/** `stint models …`: the same list, choice, planner and downloads as the app. */
export async function modelsCommand(given: Arguments, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const [, verb = "list", target] = given.words;
  if (verb === "list") return listModels(given.json, foundation, terminal);
  if (!target || !["add", "get", "use", "remove", "plan"].includes(verb)) {
    terminal.say("Use: stint models [list | add FILE | get ID [--from ADDRESS] | use ID | remove ID | plan ID --vram 12GiB --context 8192]");
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
