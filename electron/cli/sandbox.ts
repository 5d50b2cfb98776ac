import { accountClock } from "../account/connection.ts";
import type { Environment } from "../account/environment.ts";
import type { Home } from "../account/home.ts";
import { startSandbox } from "../harvest/sandbox/server.ts";
import { COULD_NOT, DONE, WRONG_USAGE, type ExitCode, type Terminal } from "./terminal.ts";

/** `stint sandbox`: serves the sample account of this home folder until it is stopped. The first line of stdout is its address. */
export async function sandboxCommand(portText: string | undefined, json: boolean, environment: Environment, home: Home, terminal: Terminal): Promise<ExitCode> {
  const port = portText === undefined ? 0 : Number(portText);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    terminal.say("--port takes a number from 0 to 65535.");
    return WRONG_USAGE;
  }
  const clock = accountClock(environment.zone, environment.fixedNow);
  if (!clock) {
    terminal.say(`STINT_NOW is not a time that can be read: ${environment.fixedNow}.`);
    return WRONG_USAGE;
  }
  const sandbox = await startSandbox({ file: home.sampleState, port, zone: environment.zone, clock: clock.now, onNotice: (sentence) => terminal.say(sentence) });
  if (sandbox.kind === "failed") {
    terminal.say(sandbox.message);
    return COULD_NOT;
  }
  const { url, token, accountId } = sandbox;
  if (json) terminal.json({ url, token, accountId });
  else terminal.out(`${url}  token ${token}  account ${accountId}`);
  terminal.say("An emulated Harvest account, on this computer only. Ctrl+C stops it.");
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  await sandbox.close();
  return DONE;
}
