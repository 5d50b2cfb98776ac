/*
 * Started as a program of its own by harvest-token.contract.test.ts: the real parts of app and terminal at work with one token, through
 * failures of every kind, and a crash at the end. Everything that would cross to a page is printed. The token comes on stdin.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { inspect } from "node:util";
import { createDesk } from "../../electron/account/desk.ts";
import { readEnvironment } from "../../electron/account/environment.ts";
import { openHome } from "../../electron/account/home.ts";
import { createRemembering } from "../../electron/account/remember.ts";
import { createSession } from "../../electron/account/session.ts";
import type { Timesheet } from "../../electron/account/timesheet.ts";
import { appState } from "../../electron/app/app-state.ts";
import { createHandlers } from "../../electron/app/handlers.ts";
import { createHarvestClient } from "../../electron/harvest/client.ts";
import { startSandbox } from "../../electron/harvest/sandbox/server.ts";
import { createMemoryVault } from "../../electron/secrets/memory.ts";
import { createSettingsStore } from "../../electron/settings/store.ts";

const token = (await text(process.stdin)).trim();
const folder = process.argv[2] ?? "";
const FAULTS = [
  "none", "429:1", "429-body:1", "429-date:1", "500", "503", "502-html", "520-html", "401-revoked", "drop-before-commit", "drop-during-commit:5", "drop-after-commit",
  "half-response", "drip:2", "skew:90000", "stale-reads:60000", "drop-company-403",
];

const told = (about: string, what: unknown): void => void process.stdout.write(`${about} ${JSON.stringify(what)}\n`);

/** A server that repeats all it was sent in every place an answer has, under every status. */
async function startEcho(): Promise<string> {
  const statuses = [200, 201, 301, 302, 307, 400, 401, 403, 404, 422, 429, 500, 503];
  const state = { turn: 0 };
  const server = createServer((request, response) => {
    state.turn += 1;
    const said = `${request.headers.authorization} ${request.url}`;
    const html = state.turn % 3 === 0;
    const body = { message: said, error: said, error_description: said, id: said, links: { next: `http://127.0.0.1:9/${said}` }, project_assignments: [{ id: said }], time_entries: said };
    response.writeHead(statuses[state.turn % statuses.length] ?? 200, { "Retry-After": state.turn % 2 === 0 ? "0" : said, Location: `http://127.0.0.1:9/?t=${encodeURIComponent(said)}`, "WWW-Authenticate": said });
    response.end(html ? `<html>${said}</html>` : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The parts behind the pages, over `url`, in a home of their own. */
function openParts(url: string, accountId: number, name: string) {
  const home = openHome(join(folder, name));
  const notices: string[] = [];
  const settings = createSettingsStore({ file: home.settings, onNotice: (sentence) => notices.push(sentence) });
  const session = createSession({ environment: readEnvironment(home.folder, { STINT_HARVEST_URL: url }), home, settings, vault: createMemoryVault(), onNotice: (sentence) => notices.push(sentence) });
  const held: { timesheet?: Timesheet } = {};
  const timesheet = (): Timesheet => {
    if (!held.timesheet) throw new Error("no account is open");
    return held.timesheet;
  };
  const reopen = async () => {
    const opened = await session.open();
    if (opened.kind === "failed") return { ok: false, message: opened.message };
    held.timesheet = opened.timesheet;
    return { ok: true, message: "open" };
  };
  // Models have nothing to do with the token: whatever is asked of them, there are none.
  const models = new Proxy({}, { get: () => () => Promise.resolve([]) }) as never;
  const desk = createDesk({ timesheet, model: { complete: () => Promise.reject(new Error("no model here")) } as never });
  const measuring = { measure: () => Promise.reject(new Error("no model here")), stop: () => ({ ok: false, message: "" }), state: () => undefined };
  const state = () => appState({ timesheet: timesheet(), models, measuring, hotkey: { accelerator: "x", registered: true } as never, notices, keychain: "ok" });
  const shell = { hide: () => undefined, resize: () => undefined, openPage: () => undefined, pickModelFile: () => Promise.resolve(undefined), changeHotkey: () => ({ ok: true, message: "" }), onThinking: () => undefined };
  const handlers = createHandlers({ desk, remembering: createRemembering({ settings, facts: () => timesheet().facts() }), timesheet, session, models, measuring, settings, state, reopen, setIdleMinutes: () => undefined, setBackend: () => undefined, shell });
  const connect = async () => told("connect", await handlers["connect"]({ token, accountId, keep: "session" }));
  return { handlers, timesheet, session, desk, connect };
}

async function work(parts: ReturnType<typeof openParts>, note: string): Promise<void> {
  const { handlers, timesheet, desk } = parts;
  told("find-accounts", await handlers["find-accounts"]({ token }));
  told("refresh", await timesheet().refresh());
  const sentence = `1h acme website design yesterday - ${note}`;
  const view = desk.view(sentence, []);
  told("view", view);
  told("commit", await handlers["commit"]({ text: sentence, pins: [], digest: view.digest, skip: [] } as never));
  told("undo", await handlers["undo"]({ batch: undefined } as never));
  told("flush", await timesheet().flush());
  told("history", await handlers["history"](undefined as never));
  told("state", await handlers["state"](undefined as never));
}

async function openBox() {
  const box = await startSandbox({ token, requestsPer15s: 100_000 });
  if (box.kind === "failed") throw new Error(box.message);
  return box;
}

/** An account that meets one fault when it is connected and read, and the same once more with its first booking. */
async function meet(fault: string, nth: number): Promise<void> {
  const box = await openBox();
  const own = openParts(box.url, box.accountId, `home-${nth}`);
  await own.connect();
  const faults = fault === "none" ? [] : [{ fault, method: "GET" }, { fault, method: "POST" }];
  await fetch(`${box.url}/_sandbox/faults`, { method: "POST", body: JSON.stringify(faults) });
  await work(own, `canary ${fault}`);
  told("struck", [fault, await (await fetch(`${box.url}/_sandbox/struck`)).json()]);
  await box.close();
}

await Promise.all(FAULTS.map(meet));
const box = await openBox();
const parts = openParts(box.url, box.accountId, "home");
await parts.connect();
told("settings", await parts.handlers["settings"](undefined as never));

const echo = await startEcho();
const misled = createHarvestClient({ baseUrl: echo, token, accountId: 1, userId: 1, mode: "duration", userAgent: "Stint (https://stint.example)", sleep: () => Promise.resolve() });
for (let turn = 0; turn < 13; turn += 1) {
  told("echo", [await misled.me(), await misled.company(), await misled.projects(), await misled.entries("2026-01-01", "2026-01-02"), await misled.create({ date: "2026-01-01", hours: 1, project: 1, task: 1, notes: "n" }, "m"), await misled.remove(1)]);
}
for (const bad of [`${token}\nX-Evil: 1`, `${token} ${token}`, `${token}\u0000`]) {
  const client = createHarvestClient({ baseUrl: box.url, token: bad, accountId: 1, userAgent: "Stint (https://stint.example)" });
  told("bad token", await client.me());
  told("bad token", await parts.handlers["connect"]({ token: bad, accountId: 1, keep: "session" }));
}
told("elsewhere", await createHarvestClient({ baseUrl: "https://evil.example", token, accountId: 1, userAgent: "Stint (x)" }).me());

await box.close();
await work(parts, "canary nobody listens");
process.stdout.write(`${inspect([parts, misled], { depth: 20, showHidden: true, getters: true })}\n`);
process.stdout.write("DONE\n");
// A crash while a request is under way: what Node prints of it, and its report, are part of what is searched.
void misled.me();
setTimeout(() => { throw new Error("crashed on purpose", { cause: { parts, misled } }); }, 5);
