import { forkChild } from "./child/child.ts";
import { engineEnvironment } from "./engine/environment.ts";
import { builtFiles } from "./app/files.ts";
import { createFoundation, type Foundation } from "./app/foundation.ts";
import { parseArguments, USAGE, type Arguments } from "./cli/arguments.ts";
import { connectCommand, disconnectCommand } from "./cli/connect.ts";
import { evalsCommand } from "./cli/evals.ts";
import { modelsCommand } from "./cli/models.ts";
import { demonstrate, quickEntryCommand } from "./cli/quick-entry.ts";
import { readCommand } from "./cli/read-jsonl.ts";
import { sandboxCommand } from "./cli/sandbox.ts";
import { sentenceCommand } from "./cli/sentence.ts";
import { shortcutsCommand } from "./cli/shortcuts.ts";
import { COULD_NOT, createTerminal, DONE, WRONG_USAGE, type ExitCode, type Terminal } from "./cli/terminal.ts";
import { finishCommand, historyCommand, projectsCommand, statusCommand, todayCommand, undoCommand, weekCommand } from "./cli/timesheet.ts";

/** Commands that need no open account. */
async function withoutAccount(given: Arguments, foundation: Foundation, terminal: Terminal): Promise<ExitCode | undefined> {
  switch (given.words[0]) {
    case "read":
      if (given.jsonl) return readCommand(given.model, foundation, terminal);
      // "read the design brief 2h acme" is a sentence; the command is only `read --jsonl`.
      if (given.words.length > 1) return undefined;
      terminal.say("Use: stint read --jsonl");
      return WRONG_USAGE;
    case "models":
      return modelsCommand(given, foundation, terminal);
    case "connect":
      return connectCommand(given.accountId, foundation, terminal);
    case "disconnect":
      return disconnectCommand(foundation, terminal);
    case "sandbox":
      return sandboxCommand(given, foundation.environment, foundation.home, terminal);
    default:
      return undefined;
  }
}

async function withAccount(given: Arguments, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const [command, ...rest] = given.words;
  const alone = rest.length === 0;
  switch (command) {
    case undefined:
      return terminal.interactive ? quickEntryCommand(foundation, terminal) : demonstrate(foundation, terminal);
    case "projects":
      return projectsCommand(rest.join(" "), given.json, foundation, terminal);
    case "week":
      if (rest.length < 2) return weekCommand(rest[0], given.json, foundation, terminal);
      break;
    case "undo":
      if (alone) return undoCommand(given.json, foundation, terminal);
      break;
    case "today":
      if (alone) return todayCommand(given.json, foundation, terminal);
      break;
    case "status":
      if (alone) return statusCommand(given.json, foundation, terminal);
      break;
    case "finish":
      if (alone) return finishCommand(given.json, foundation, terminal);
      break;
    case "evals":
      return evalsCommand(rest, given.json, foundation, terminal);
    case "shortcuts":
      if (alone || rest[0] === "remove") return shortcutsCommand(rest, given.json, foundation, terminal);
      break;
    case "history":
      return historyCommand(rest.join(" "), given.json, foundation, terminal);
    default:
  }
  return sentenceCommand(given.words.join(" "), given, foundation, terminal);
}

async function runCommand(given: Arguments, terminal: Terminal): Promise<ExitCode> {
  const files = builtFiles(import.meta.url);
  const foundation = createFoundation({
    home: given.home,
    spawnEngine: () => forkChild(files.engine, engineEnvironment()),
    spawnKeychain: () => forkChild(files.keychain),
    onNotice: (sentence) => terminal.say(sentence),
  });
  try {
    const early = await withoutAccount(given, foundation, terminal);
    if (early !== undefined) return early;
    // Nobody asked for a real account here: the demonstration never touches one.
    const demonstration = given.words.length === 0 && !terminal.interactive;
    const opened = await foundation.open(demonstration ? "sample" : given.account);
    if (!opened.ok) {
      terminal.say(opened.message);
      return COULD_NOT;
    }
    await foundation.timesheet().flush();
    const fresh = await foundation.timesheet().refresh();
    if (fresh.kind === "stale") terminal.say(`${fresh.message} What Stint knew before is used.`);
    return await withAccount(given, foundation, terminal);
  } finally {
    await foundation.close();
  }
}

async function main(): Promise<ExitCode> {
  const terminal = createTerminal();
  const parsed = parseArguments(process.argv.slice(2));
  if (parsed.kind === "wrong") {
    terminal.say(`${parsed.message}\n\n${USAGE}`);
    return WRONG_USAGE;
  }
  if (parsed.given.help) {
    terminal.out(USAGE);
    return DONE;
  }
  try {
    return await runCommand(parsed.given, terminal);
  } catch (error) {
    terminal.say(`Stint could not go on: ${error instanceof Error ? error.message : "something broke"}`);
    return COULD_NOT;
  }
}

// A reader that stops early (`| head`) is not an error.
process.stdout.on("error", () => process.exit(DONE));
process.exitCode = await main();
