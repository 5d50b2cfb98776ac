import { addDays } from "../core/time.ts";
import type { Foundation } from "../app/foundation.ts";
import { sentenceCommand } from "./sentence.ts";
import { DONE, type ExitCode, type Terminal } from "./terminal.ts";
import { dayLines, undoCommand } from "./timesheet.ts";

const SAMPLE_SENTENCE = "2h acme website yesterday";

/** Quick entry in a terminal: one sentence after the other until an empty line. */
export async function quickEntryCommand(foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const { connection } = foundation.timesheet();
  terminal.out(connection.kind === "sample" ? "Try it: nothing here is real. An empty line ends." : `${connection.label}. An empty line ends.`);
  terminal.out(`For example: ${SAMPLE_SENTENCE}`);
  for (;;) {
    const line = (await terminal.ask("What did you work on? "))?.trim();
    if (!line) return DONE;
    if (line === "undo") await undoCommand(false, foundation, terminal);
    else await sentenceCommand(line, { yes: false, json: false }, foundation, terminal);
  }
}

/** Where nobody can type: one sentence on the sample account, from words to entry, with everything that a person would see. */
export async function demonstrate(foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  terminal.out("No terminal and no display here: Stint logs one sentence on its sample account. Nothing here is real.");
  terminal.out(`> ${SAMPLE_SENTENCE}`);
  const code = await sentenceCommand(SAMPLE_SENTENCE, { yes: true, json: false }, foundation, terminal);
  const { today } = foundation.timesheet().facts();
  for (const line of dayLines(foundation.timesheet().day(addDays(today, -1)), foundation)) terminal.out(line);
  return code;
}
