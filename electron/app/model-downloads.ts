import { join } from "node:path";
import type { CatalogueEntry } from "../../models/catalogue.ts";
import { discardDownload, download } from "../../models/download/download.ts";
import { gigabytes } from "../../models/download/outcome.ts";
import type { DownloadResult } from "../../models/download/outcome.ts";
import { paceWords } from "../../models/download/pace.ts";
import type { Progress } from "../../models/download/pace.ts";
import type { Fetch } from "../../models/download/request.ts";
import { unfinished } from "../../models/download/state.ts";
import type { ModelStore } from "../../models/store.ts";
import type { Said } from "../ipc/contract.ts";

/** How far a download is. `words`: rate and time left, when they can be said. */
export type DownloadState =
  | { readonly kind: "downloading"; readonly done: number; readonly total: number; readonly words: string }
  | { readonly kind: "paused"; readonly done: number; readonly total: number }
  | { readonly kind: "failed"; readonly message: string };

export interface GetOptions {
  readonly signal?: AbortSignal | undefined;
  /** In place of those in the settings. */
  readonly mirrors?: readonly string[] | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface ModelDownloadsOptions {
  readonly folder: string;
  readonly store: ModelStore;
  readonly mirrors: () => readonly string[];
  readonly fetch: Fetch;
  readonly onChange: () => void;
  readonly now: () => number;
}

/** The downloads of this process, one for each model at most, and what earlier ones left unfinished. */
export interface ModelDownloads {
  /** Fetches a model and puts it into the list. Resolves when that is done, paused or given up. */
  get(entry: CatalogueEntry, options?: GetOptions): Promise<Said & { readonly id?: string }>;
  /** Stops it and keeps what has arrived. */
  pause(id: string): Said;
  /** Stops it and throws away what has arrived. */
  discard(entry: CatalogueEntry): Promise<Said>;
  state(entry: CatalogueEntry): Promise<DownloadState | undefined>;
  /** Pauses all. */
  stop(): void;
}

const TELL_MS = 250;

export function createModelDownloads(options: ModelDownloadsOptions): ModelDownloads {
  const { folder, store, onChange } = options;
  const running = new Map<string, { readonly abort: AbortController; readonly ended: Promise<unknown>; state: DownloadState }>();
  const failed = new Map<string, string>();

  const run = async (entry: CatalogueEntry, given: GetOptions, abort: AbortController): Promise<Ended> => {
    const told = { at: 0 };
    const result = await download(entry, folder, {
      fetch: options.fetch,
      mirrors: given.mirrors ?? options.mirrors(),
      signal: given.signal === undefined ? abort.signal : AbortSignal.any([abort.signal, given.signal]),
      now: options.now,
      onProgress: (progress) => {
        given.onProgress?.(progress);
        const mine = running.get(entry.id);
        if (mine !== undefined) mine.state = { kind: "downloading", done: progress.done, total: progress.total, words: paceWords(progress) };
        if (options.now() - told.at < TELL_MS) return;
        told.at = options.now();
        onChange();
      },
    });
    return concluded(entry, result, store);
  };

  return {
    get: async (entry, given = {}) => {
      if (running.has(entry.id)) return { ok: false, message: `${entry.name} is being downloaded already.` };
      const abort = new AbortController();
      failed.delete(entry.id);
      const work = run(entry, given, abort);
      running.set(entry.id, { abort, ended: work, state: { kind: "downloading", done: 0, total: entry.bytes ?? entry.aboutBytes ?? 0, words: "" } });
      onChange();
      try {
        const said = await work;
        if (!said.ok && !said.paused) failed.set(entry.id, said.message);
        return { ok: said.ok, message: said.message, ...(said.id === undefined ? {} : { id: said.id }) };
      } finally {
        running.delete(entry.id);
        onChange();
      }
    },
    pause: (id) => {
      const mine = running.get(id);
      mine?.abort.abort();
      return mine === undefined ? { ok: false, message: "This model is not being downloaded here." } : { ok: true, message: "The download is paused; what has arrived is kept." };
    },
    discard: async (entry) => {
      const mine = running.get(entry.id);
      mine?.abort.abort();
      await mine?.ended;
      failed.delete(entry.id);
      const gone = await discardDownload(entry.file, folder).catch(() => "busy" as const);
      onChange();
      return gone === "busy" ? { ok: false, message: `${entry.name} is being downloaded by another Stint.` } : { ok: true, message: `What had arrived of ${entry.name} is deleted.` };
    },
    state: async (entry) => {
      const mine = running.get(entry.id);
      if (mine !== undefined) return mine.state;
      const message = failed.get(entry.id);
      if (message !== undefined) return { kind: "failed", message };
      const left = await unfinished(join(folder, entry.file));
      return left === undefined ? undefined : { kind: "paused", ...left };
    },
    stop: () => {
      for (const { abort } of running.values()) abort.abort();
    },
  };
}

interface Ended {
  readonly ok: boolean;
  readonly message: string;
  readonly id?: string;
  readonly paused: boolean;
}

async function concluded(entry: CatalogueEntry, result: DownloadResult, store: ModelStore): Promise<Ended> {
  if (result.kind === "failed") return { ok: false, message: result.message, paused: false };
  if (result.kind === "paused") {
    const share = result.done === 0 ? "" : ` at ${gigabytes(result.done)} of ${gigabytes(result.total)}`;
    return { ok: false, message: `${entry.name}: paused${share}. Get it again to go on from there.`, paused: true };
  }
  const sha256 = result.kind === "downloaded" ? result.sha256 : (entry.sha256 ?? undefined);
  const added = await store.add(result.path, { id: entry.id, name: entry.name, sha256 });
  if (added.kind === "refused") return { ok: false, message: added.message, paused: false };
  const checked = result.kind === "already" ? "it was there already" : result.checked === "checksum" ? "its checksum is right" : `checksum not known to Stint; computed ${sha256}`;
  return { ok: true, id: added.model.id, message: `${entry.name} is on this computer (${gigabytes(added.model.bytes)}; ${checked}).`, paused: false };
}
