import type { Foundation } from "../app/foundation.ts";
import { COULD_NOT, DONE, type ExitCode, type Terminal } from "./terminal.ts";

async function chooseAccount(token: string, given: string | undefined, foundation: Foundation, terminal: Terminal): Promise<number | undefined> {
  if (given !== undefined) return /^\d+$/.test(given) ? Number(given) : undefined;
  const found = await foundation.session.findAccounts(token);
  if (found.kind === "ok" && found.value.length === 1) return found.value[0]?.id;
  if (found.kind === "ok" && found.value.length > 1) {
    for (const account of found.value) terminal.say(`  ${account.id}  ${account.name}`);
  } else if (found.kind === "failed") terminal.say(found.message);
  if (!terminal.interactive) {
    terminal.say("Say which account with --account-id.");
    return undefined;
  }
  const reply = await terminal.ask("Account id: ");
  return reply && /^\d+$/.test(reply.trim()) ? Number(reply.trim()) : undefined;
}

/** `stint connect`: asks for the token without echo (or takes one line of stdin), proves it, keeps it in the OS keychain. */
export async function connectCommand(accountId: string | undefined, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  terminal.say("Create a personal access token at id.getharvest.com/developers, then paste it here.");
  const token = (await terminal.askSecret("Token (not shown): "))?.trim();
  if (!token) {
    terminal.say("No token was given; nothing changed.");
    return COULD_NOT;
  }
  const account = await chooseAccount(token, accountId, foundation, terminal);
  if (account === undefined) {
    terminal.say("Without an account id nothing can be connected; nothing changed.");
    return COULD_NOT;
  }
  const connected = await foundation.session.connect(token, account, "keychain");
  if (connected.kind === "connected") {
    terminal.out(`Connected to ${connected.name} as ${connected.userName}. The token is in this computer's keychain.`);
    return DONE;
  }
  // A terminal command has no session to keep a token for: it is never written to a file instead.
  terminal.say(connected.kind === "no-keychain" ? `${connected.message} The token was not kept. The app can hold it until it is closed ("this session only").` : connected.message);
  return COULD_NOT;
}

export async function disconnectCommand(foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const gone = await foundation.session.disconnect();
  if (gone.ok) terminal.out(gone.message);
  else terminal.say(gone.message);
  return gone.ok ? DONE : COULD_NOT;
}
