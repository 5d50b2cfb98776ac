import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { randomUUID } from "node:crypto";

// What is done under the lock takes milliseconds; an older one belongs to a process that is gone though its pid lives again.
const STALE_MS = 10_000;
const WAIT_MS = 5_000;

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function tryTake(path: string, owner: string): boolean {
  try {
    const handle = openSync(path, "wx");
    try {
      writeSync(handle, owner);
    } finally {
      closeSync(handle);
    }
    return true;
  } catch (error) {
    // Windows says EPERM while a lock that was just removed is still going away.
    const isHeld = codeOf(error) === "EEXIST" || (process.platform === "win32" && codeOf(error) === "EPERM");
    if (isHeld) return false;
    throw error;
  }
}

function staleOwner(path: string): string | undefined {
  try {
    const owner = readFileSync(path, "utf8");
    const age = Date.now() - statSync(path).mtimeMs;
    const pid = Number(owner.split(" ")[0]);
    // A lock that names nobody yet is one that is being written this moment.
    const dead = Number.isSafeInteger(pid) && pid > 0 && !isAlive(pid);
    return dead || age > STALE_MS ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the lock away from an owner that is gone. Moved first and looked at after, so that a fresh lock is put back. */
function breakLock(path: string, owner: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, "utf8") !== owner) linkSync(aside, path);
  } catch {
    // Somebody else was faster; the next try sees what is there now.
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Does `act` while holding the lock file at `path`, which every process on the same account respects. `act` must not wait:
 * the lock is held for as long as it runs. Throws when the lock cannot be had within five seconds.
 */
export async function underLock<T>(path: string, act: () => T): Promise<T> {
  const owner = `${process.pid} ${randomUUID()}`;
  const until = performance.now() + WAIT_MS;
  while (!tryTake(path, owner)) {
    const stale = staleOwner(path);
    if (stale !== undefined) breakLock(path, stale);
    else if (performance.now() > until) throw new Error("The account file is held by another program.");
    else await new Promise<void>((resolve) => setTimeout(resolve, 4 + Math.random() * 12));
  }
  try {
    return act();
  } finally {
    rmSync(path, { force: true });
  }
}
