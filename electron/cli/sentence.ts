import { toRow } from "../core/facts-schema.ts";
import type { Pin } from "../core/outcome.ts";
import { answerWith } from "../core/reply.ts";
import type { Desk, HeardReading, SavedBatch } from "../account/desk.ts";
import { lacksProject } from "../account/look-again.ts";
import type { Foundation } from "../app/foundation.ts";
import { RULES } from "../app/model-list.ts";
import { readingLines } from "./show.ts";
import { COULD_NOT, DONE, QUESTION_OPEN, type ExitCode, type Terminal } from "./terminal.ts";

export interface SentenceOptions {
  readonly yes: boolean;
  readonly json: boolean;
}

interface Settled {
  readonly heard: HeardReading;
  readonly pins: readonly Pin[];
}

/** Asks the open questions one after the other; stops where nobody answers. */
async function settle(text: string, desk: Desk, foundation: Foundation, terminal: Terminal, canAsk: boolean): Promise<Settled> {
  let pins: readonly Pin[] = [];
  for (;;) {
    const heard = desk.read(text, pins);
    const { outcome } = heard.reading;
    if (outcome.kind !== "question" || !canAsk) return { heard, pins };
    for (const line of readingLines(desk.view(text, pins))) terminal.say(line);
    const reply = await terminal.ask(outcome.question.options.length > 0 ? "Which one? (a number or words, Enter to stop) " : "> ");
    if (reply === undefined || reply.trim() === "") return { heard, pins };
    const answer = answerWith(text, foundation.timesheet().facts(), pins, outcome.question, reply);
    if (answer) pins = answer;
    else terminal.say("That does not answer the question.");
  }
}

async function think(text: string, foundation: Foundation, terminal: Terminal): Promise<void> {
  terminal.say("Working it out on this computer…");
  const view = await foundation.desk.think(text, [], new AbortController().signal);
  if (view.modelNote) terminal.say(view.modelNote);
}

/** What was answered by hand may be a shortcut from now on: asked once, and never kept without a yes. */
async function offerToRemember({ reading }: HeardReading, pins: readonly Pin[], { remembering }: Foundation, terminal: Terminal): Promise<void> {
  const offer = remembering.offer(reading, pins);
  if (!offer) return;
  const reply = await terminal.ask(`Remember: “${offer.name}” = ${offer.place}? [y/N] `);
  if (reply !== undefined && /^y/i.test(reply.trim())) terminal.say(remembering.remember(offer.name).message);
  else remembering.decline(offer.name);
}

function jsonRow(heard: HeardReading, saved: SavedBatch | undefined, foundation: Foundation): object {
  const row = toRow("sentence", heard.reading);
  if (!saved) return row;
  const facts = foundation.timesheet().facts();
  const rows = saved.operations.map((operation, index) => {
    const entry = saved.entries[index] ?? ("entry" in operation ? operation.entry : undefined);
    const known = facts.entries.find((each) => each.id === entry);
    const { date, hours, project, task, notes } = known ?? ("date" in operation ? operation : { date: undefined, hours: undefined, project: undefined, task: undefined, notes: undefined });
    return { op: operation.op, entry, date, hours, project, task, notes };
  });
  const day = foundation.timesheet().day(rows.at(-1)?.date ?? facts.today);
  return { ...row, saved: rows, day: { date: day.date, hours: day.hours } };
}

/** `stint "SENTENCE"`: reads, shows, asks, saves. Exit 3 leaves a question open, and nothing is written then. */
export async function sentenceCommand(text: string, options: SentenceOptions, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const { desk, session, settings } = foundation;
  const canAsk = terminal.interactive && !options.json;
  if (desk.read(text, []).reading.outcome.kind === "needs-model" && settings.get().model !== RULES) await think(text, foundation, terminal);
  if (lacksProject(desk.read(text, []).reading)) await session.renew();
  const { heard, pins } = await settle(text, desk, foundation, terminal, canAsk);
  const view = desk.view(text, pins);
  const { outcome } = heard.reading;
  const finish = (code: ExitCode, saved?: SavedBatch): ExitCode => {
    if (options.json) terminal.json(jsonRow(heard, saved, foundation));
    return code;
  };
  const show = (): void => {
    if (!options.json) for (const line of readingLines(view)) terminal.out(line);
  };

  switch (outcome.kind) {
    case "answer":
      show();
      return finish(DONE);
    case "refusal":
    case "nothing":
      if (options.json) return finish(COULD_NOT);
      terminal.say(readingLines(view).at(-1) ?? "Nothing was saved.");
      return COULD_NOT;
    case "needs-model":
      terminal.say("The rules cannot read all of this, and nothing was saved. Say it in plainer words, or choose a model: stint models.");
      return finish(COULD_NOT);
    case "question":
      if (!canAsk) show();
      terminal.say("Nothing was saved: a question is open.");
      return finish(QUESTION_OPEN);
    case "proposal":
      break;
  }
  show();
  if (!options.yes) {
    if (!canAsk) {
      terminal.say("Nothing was saved: there is no terminal to confirm on. Add --yes to save at once.");
      return finish(QUESTION_OPEN);
    }
    const reply = await terminal.ask("Save? [Y/n] ");
    if (reply === undefined || /^n/i.test(reply.trim())) {
      terminal.say("Nothing was saved.");
      return finish(QUESTION_OPEN);
    }
  }
  const result = await desk.commit({ text, pins, digest: view.digest, skip: [] });
  if (result.kind !== "saved") {
    terminal.say(result.kind === "failed" ? result.message : "The account changed meanwhile; nothing was saved. Try again.");
    return finish(COULD_NOT);
  }
  if (!options.json) terminal.out(`${result.receipt.text}\n${result.receipt.day}`);
  if (canAsk) await offerToRemember(heard, pins, foundation, terminal);
  return finish(DONE, result.saved);
}
