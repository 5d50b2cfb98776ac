import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";

export const ROOT = join(import.meta.dirname, "../..");
export const UNPACKED = join(ROOT, "release/linux-unpacked");
export const LAUNCHER = join(UNPACKED, "stint");

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end, without a terminal behind it. `input` is its whole stdin. */
export function runToEnd(command: string, words: readonly string[], { env = process.env, input = "" }: { env?: NodeJS.ProcessEnv; input?: string } = {}): Promise<Ended> {
  const child = spawn(command, words, { cwd: ROOT, env, stdio: ["pipe", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 99, out, err }));
  });
}

/** The packaged terminal program as a person on a machine without a display has it. */
export function packagedStint(words: readonly string[], home: string, { env = {}, input = "" }: { env?: Record<string, string>; input?: string } = {}): Promise<Ended> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  return runToEnd(LAUNCHER, [...words, "--home", home], { env: { ...rest, ...env }, input });
}

export interface Running {
  readonly popup: Page;
  close(): Promise<void>;
}

/** Waits for the line in which Chromium says where it can be reached: the packed app has no inspector for Node, only for its pages. */
function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      heard += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(heard)?.[1];
      if (address) resolve(address);
    });
    child.once("exit", (code, signal) => reject(new Error(`The packed app ended with ${code ?? signal}: ${heard.slice(-500)}`)));
  });
}

async function popupOf(browser: Browser): Promise<Page> {
  for (;;) {
    const page = browser.contexts().flatMap((context) => context.pages()).find((each) => each.url() === "stint-app://pages/quick-entry/index.html");
    if (page) return page;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Starts the packed app through its launcher, as `stint --quick-entry` does, and waits for the popup's field. */
export async function startPackaged(home: string): Promise<Running> {
  const child = spawn(LAUNCHER, ["--quick-entry", "--home", home, "--remote-debugging-port=0"], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const browser = await chromium.connectOverCDP(await debuggingAddress(child));
  const popup = await popupOf(browser);
  await popup.getByLabel("What did you work on?").waitFor({ timeout: 30_000 });
  return {
    popup,
    close: async () => {
      await browser.close();
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}
