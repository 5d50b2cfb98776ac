import { createHash } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { LlamaContextSequence, Token } from "node-llama-cpp";

/** Read beginnings of prompts on disk, for one loaded model: they spare reading the fixed part again after an unload or a restart. */
export interface PrefixFiles {
  /** True when the sequence, which must be empty, now stands exactly after `tokens`; false leaves it empty. */
  read(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<boolean>;
  /** Keeps what the sequence has read; it must stand exactly after `tokens`. Never fails: a full disk costs only the time it would have saved. */
  write(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<void>;
}

const ENDING = ".prefix";
/** A few models and prompts; one file is as large as the keys and values of its tokens. */
const KEPT = 3;
const SAMPLE = 65_536;

export interface PrefixKey {
  readonly folder: string;
  readonly modelPath: string;
  /** Whatever else decides what the bytes mean: version of the library, backend, layout. */
  readonly version: string;
}

/**
 * Keyed by the model file, the library and the tokens themselves: a state that belongs to another model may crash the process that reads
 * it. The file is known by its size, its time and both its ends; reading all of it would take longer than the prompt.
 */
export function prefixFiles(key: PrefixKey): PrefixFiles {
  const fileFor = async (tokens: readonly Token[]): Promise<string> => {
    const hash = createHash("sha256").update(await fingerprint(key.modelPath)).update(JSON.stringify([key.version, tokens]));
    return join(key.folder, hash.digest("hex").slice(0, 40) + ENDING);
  };
  return {
    read: async (sequence, tokens) => {
      try {
        const file = await fileFor(tokens);
        await stat(file);
        await sequence.loadStateFromFile(file, { acceptRisk: true });
        const read = sequence.contextTokens;
        if (read.length === tokens.length && tokens.every((token, i) => token === read[i])) return true;
      } catch {
        // Not there, cut off or of an older library: it is read anew.
      }
      await sequence.clearHistory();
      return false;
    },
    write: async (sequence, tokens) => {
      try {
        const file = await fileFor(tokens);
        await mkdir(key.folder, { recursive: true, mode: 0o700 });
        const part = `${file}.${process.pid}.part`;
        await sequence.saveStateToFile(part);
        await rename(part, file);
        await removeOld(key.folder);
      } catch {
        await removeOld(key.folder);
      }
    },
  };
}

async function fingerprint(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size, mtimeMs } = await file.stat();
    const hash = createHash("sha256").update(JSON.stringify([size, mtimeMs]));
    for (const position of [0, Math.max(0, size - SAMPLE)]) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return hash.digest("hex");
  } finally {
    await file.close();
  }
}

/** Unfinished files of processes that ended, and all but the newest few. */
async function removeOld(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(names.filter((name) => name.includes(ENDING)).map(async (name) => ({ path: join(folder, name), time: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0, isPart: name.endsWith(".part") })));
  const whole = files.filter((file) => !file.isPart).toSorted((a, b) => b.time - a.time);
  const old = [...whole.slice(KEPT), ...files.filter((file) => file.isPart && file.time < Date.now() - 3_600_000)];
  await Promise.all(old.map((file) => rm(file.path, { force: true })));
}
