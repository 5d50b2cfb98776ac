import { randomUUID } from "node:crypto";
import { open, readFile, rm, stat } from "node:fs/promises";
import { uptime } from "node:os";
import { z } from "zod";

const POLL_MS = 50;
/** A lock or guard without readable content is a crash between two lines of this file once it is this old. */
const BLANK_MS = 5_000;

const ownerSchema = z.object({ pid: z.int().positive(), token: z.string() });

/** Locks that this very process holds: a lock that carries our pid and is not here was left by an earlier process with the same pid. */
const held = new Set<string>();

export type LockResult =
  | { readonly kind: "held"; readonly release: () => Promise<void> }
  | { readonly kind: "busy" }
  | { readonly kind: "broken"; readonly cause: unknown };

/**
 * Takes the lock file at `path` for this process, waiting at most `waitMs` (milliseconds). A lock whose process is gone is broken.
 * `busy`: somebody else has it. `broken`: the file could not be made at all.
 */
export async function takeLock(path: string, waitMs: number, sleep: (ms: number) => Promise<void>): Promise<LockResult> {
  for (let waited = 0; ; waited += POLL_MS) {
    const result = await tryLock(path);
    if (result !== "taken") return result;
    if (await isStale(path)) await breakLock(path);
    else if (waited >= waitMs) return { kind: "busy" };
    else await sleep(POLL_MS);
    // A stale lock that cannot be removed must not be tried for ever.
    if (waited > waitMs + 100 * POLL_MS) return { kind: "busy" };
  }
}

async function tryLock(path: string): Promise<"taken" | LockResult> {
  const token = randomUUID();
  let handle;
  try {
    handle = await open(path, "wx", 0o600);
  } catch (cause) {
    return codeOf(cause) === "EEXIST" ? "taken" : { kind: "broken", cause };
  }
  held.add(token);
  const release = async (): Promise<void> => {
    held.delete(token);
    await rm(path, { force: true }).catch(() => undefined);
  };
  try {
    await handle.writeFile(JSON.stringify({ pid: process.pid, token }));
  } catch (cause) {
    await handle.close();
    await release();
    return { kind: "broken", cause };
  }
  await handle.close();
  return { kind: "held", release };
}

async function isStale(path: string): Promise<boolean> {
  let text: string;
  let madeAt: number;
  try {
    text = await readFile(path, "utf8");
    madeAt = (await stat(path)).mtimeMs;
  } catch {
    return false;
  }
  const owner = ownerSchema.safeParse(parse(text));
  if (!owner.success) return Date.now() - madeAt > BLANK_MS;
  if (owner.data.pid === process.pid) return !held.has(owner.data.token);
  // Pids start over at boot: a lock from before it belongs to nobody, whoever has that pid now. A minute for a clock set late.
  if (madeAt < Date.now() - uptime() * 1000 - 60_000) return true;
  return !isAlive(owner.data.pid);
}

/** Removes a stale lock under a guard, so that two processes that both saw it stale cannot remove each other's new one. */
async function breakLock(path: string): Promise<void> {
  const guard = `${path}.break`;
  try {
    await (await open(guard, "wx", 0o600)).close();
  } catch {
    const age = await stat(guard).then((found) => Date.now() - found.mtimeMs, () => 0);
    if (age > BLANK_MS) await rm(guard, { force: true }).catch(() => undefined);
    return;
  }
  try {
    if (await isStale(path)) await rm(path, { force: true });
  } catch {
    // The next round finds it again.
  } finally {
    await rm(guard, { force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return codeOf(cause) === "EPERM";
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The system's error code ("ENOSPC"), if the thrown value carries one. */
export function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
}
