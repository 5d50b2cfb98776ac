import { accountClock } from "../account/connection.ts";
import type { Environment } from "../account/environment.ts";
import type { Home } from "../account/home.ts";
import { accountNames, createAccount } from "../harvest/sandbox/accounts.ts";
import { startSandbox, type SandboxOptions } from "../harvest/sandbox/server.ts";
import type { Arguments } from "./arguments.ts";
import { COULD_NOT, DONE, WRONG_USAGE, type ExitCode, type Terminal } from "./terminal.ts";

/** How many of the requests a seed strikes. */
const FAULT_RATE = 0.2;

type Wanted = { readonly kind: "options"; readonly options: SandboxOptions } | { readonly kind: "wrong"; readonly message: string };

/** What was asked for as options of the server; a named account lives in memory unless a file is given for it. */
function wantedOf(given: Arguments, environment: Environment, home: Home): Wanted {
  const port = given.port === undefined ? 0 : Number(given.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return { kind: "wrong", message: "--port takes a number from 0 to 65535." };
  const seed = given.faults === undefined ? undefined : Number(given.faults);
  if (seed !== undefined && !Number.isInteger(seed)) return { kind: "wrong", message: "--faults takes a whole number, the seed." };
  const { zone } = environment;
  const clock = accountClock(zone, environment.fixedNow);
  if (!clock) return { kind: "wrong", message: `STINT_NOW is not a time that can be read: ${environment.fixedNow}.` };
  const account = given.sample === undefined ? undefined : createAccount(given.sample, { now: clock.now(), zone });
  if (given.sample !== undefined && account === undefined) {
    return { kind: "wrong", message: `There is no account "${given.sample}". There are:\n${accountNames.map(({ name, title }) => `  ${name.padEnd(11)}${title}`).join("\n")}` };
  }
  const file = given.accountFile ?? (account === undefined ? home.sampleState : undefined);
  const faults = seed === undefined ? [] : [{ seed, rate: FAULT_RATE }];
  return { kind: "options", options: { port, zone, clock: clock.now, faults, ...(file === undefined ? {} : { file }), ...(account === undefined ? {} : { account }) } };
}

/**
 * `stint sandbox`: serves an emulated account until it is stopped: the sample account of this home folder, one by name, or the one
 * in a file. The first line of stdout is its address.
 */
export async function sandboxCommand(given: Arguments, environment: Environment, home: Home, terminal: Terminal): Promise<ExitCode> {
  const wanted = wantedOf(given, environment, home);
  if (wanted.kind === "wrong") {
    terminal.say(wanted.message);
    return WRONG_USAGE;
  }
  const sandbox = await startSandbox({ ...wanted.options, onNotice: (sentence) => terminal.say(sentence) });
  if (sandbox.kind === "failed") {
    terminal.say(sandbox.message);
    return COULD_NOT;
  }
  const { url, token, accountId } = sandbox;
  if (given.json) terminal.json({ url, token, accountId });
  else terminal.out(`${url}  token ${token}  account ${accountId}`);
  terminal.say("An emulated Harvest account, on this computer only. Ctrl+C stops it.");
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  await sandbox.close();
  return DONE;
}
