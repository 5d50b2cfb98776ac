import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { createServer } from "node:net";
import { platform } from "node:os";
import { basename, dirname, join } from "node:path";

/** Gives the lock back. */
export type Release = () => Promise<void>;

/**
 * Takes the lock of one file for this process; undefined while another process (or another download here) holds it. The lock is a name
 * that the system keeps only as long as its process lives, so a process that was killed cannot hold it, and no file is left behind.
 */
export async function takeLock(path: string): Promise<Release | undefined> {
  const folder = await realpath(dirname(path)).catch(() => dirname(path));
  const digest = createHash("sha256").update(join(folder, basename(path))).digest("hex").slice(0, 32);
  const server = createServer((socket) => socket.destroy());
  const isTaken = await new Promise<boolean>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" || error.code === "EACCES" ? resolve(false) : reject(error)));
    server.listen(nameOf(digest), () => resolve(true));
  });
  if (!isTaken) return undefined;
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** The same, waiting up to `patienceMs` for whoever holds it. */
export async function waitForLock(path: string, patienceMs = 5_000): Promise<Release | undefined> {
  for (let waited = 0; ; waited += 20) {
    const release = await takeLock(path);
    if (release !== undefined || waited >= patienceMs) return release;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A named pipe on Windows, elsewhere a socket in the abstract namespace: neither is a file. */
function nameOf(digest: string): string {
  return platform() === "win32" ? `\\\\.\\pipe\\stint-${digest}` : `\0stint-${digest}`;
}
