import { constants } from "node:fs";
import { copyFile, mkdir, open, rename, rm, truncate, type FileHandle } from "node:fs/promises";

/** Every way in which the journal touches the disk, one step each, so that a test can fail or stop at any of them. Throws as the system does. */
export interface Disk {
  /** Makes a folder that only its owner may read. */
  makeFolder(path: string): Promise<void>;
  /** Puts bytes at the end of a file, made when missing. They are not safe before `sync`. */
  append(path: string, bytes: Buffer): Promise<void>;
  /** Puts what was written to a file on the platter. */
  sync(path: string): Promise<void>;
  /** Puts a folder's names on the platter: a new file's name is only safe once its folder is. */
  syncFolder(path: string): Promise<void>;
  /** Shortens a file to `length` bytes. */
  cut(path: string, length: number): Promise<void>;
  /** Renames over whatever is there, at once or not at all. */
  replace(from: string, to: string): Promise<void>;
  /** Copies to a name that must be free. */
  copyNew(from: string, to: string): Promise<void>;
  /** Removes a file; one that is not there is no failure. */
  remove(path: string): Promise<void>;
}

async function withFile(path: string, flags: string, act: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(path, flags, 0o600);
  try {
    await act(handle);
  } finally {
    await handle.close();
  }
}

/** The computer's own disk. */
export const realDisk: Disk = {
  makeFolder: async (path) => void (await mkdir(path, { recursive: true, mode: 0o700 })),
  append: (path, bytes) => withFile(path, "a", (handle) => handle.writeFile(bytes)),
  sync: (path) => withFile(path, "r+", (handle) => handle.sync()),
  // Windows has no such call and needs none.
  syncFolder: (path) => (process.platform === "win32" ? Promise.resolve() : withFile(path, "r", (handle) => handle.sync())),
  cut: (path, length) => truncate(path, length),
  replace: (from, to) => rename(from, to),
  copyNew: (from, to) => copyFile(from, to, constants.COPYFILE_EXCL),
  remove: (path) => rm(path, { force: true }),
};
