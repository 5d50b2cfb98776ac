import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
export const builtCli = join(root, "dist/main/cli.js");

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** stdout as one JSON value. */
  json(): never;
}

/** A home folder of its own, gone after the test. */
export function temporaryHome(): { readonly home: string; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), "stint-home-"));
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** Runs the built terminal program as a person would, without a terminal behind it. */
export function stint(words: readonly string[], { home, now, input = "", env = {} }: { home: string; now?: string; input?: string; env?: Record<string, string> }): Promise<Ran> {
  const child = spawn(process.execPath, [builtCli, ...words, "--home", home], {
    env: { ...process.env, ...(now ? { STINT_NOW: now } : {}), ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 99, out, err, json: () => JSON.parse(out) as never }));
  });
}

export interface Served {
  readonly url: string;
  readonly token: string;
  readonly accountId: number;
  /** A request as any other client would make it. */
  get(path: string): Promise<{ readonly status: number; readonly body: never }>;
  stop(): Promise<void>;
}

/** Serves the sample account of a home folder from a process of its own. */
export function serveSandbox(home: string, now?: string): Promise<Served> {
  const child = spawn(process.execPath, [builtCli, "sandbox", "--json", "--home", home], { env: { ...process.env, ...(now ? { STINT_NOW: now } : {}) }, stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`The sandbox ended with ${code}.`)));
    child.stdout.once("data", (chunk: Buffer) => {
      const { url, token, accountId } = JSON.parse(chunk.toString()) as { url: string; token: string; accountId: number };
      resolve({
        url,
        token,
        accountId,
        get: async (path) => {
          const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}`, "harvest-account-id": String(accountId), "user-agent": "test (test@example.com)" } });
          return { status: response.status, body: (await response.json()) as never };
        },
        stop: () =>
          new Promise((done) => {
            child.removeAllListeners("exit");
            child.once("exit", () => done());
            child.kill("SIGTERM");
          }),
      });
    });
  });
}
