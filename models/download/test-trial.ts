import { createHash } from "node:crypto";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { download } from "./download.ts";
import type { DownloadOptions, DownloadSource } from "./download.ts";
import type { DownloadResult } from "./outcome.ts";
import type { Fetch } from "./request.ts";
import { headersFor, openTestPlace } from "./test-place.ts";
import type { Asked, TestPlace } from "./test-place.ts";

export const PIECE = 32_000;
/** Nine pieces and a bit, no two alike. */
export const BODY = Buffer.concat([Buffer.from("GGUF"), ...Array.from({ length: 300 }, (_, i) => Buffer.alloc(1000, `piece ${i} `))]);
export const SOURCE: DownloadSource = { repository: "some/model", revision: null, file: "some.gguf", bytes: BODY.length, sha256: createHash("sha256").update(BODY).digest("hex"), name: "Some" };

/** The models' own place is not asked in tests: nothing leaves this computer. */
export const nearFetch: Fetch = async (url, init) => (new URL(url).hostname === "127.0.0.1" ? fetch(url, init) : new Response("no", { status: 404 }));

/** A folder and a place of its own, and downloads between them that do not wait between two tries. */
export interface Trial {
  readonly folder: string;
  readonly place: TestPlace;
  run(more?: Partial<DownloadOptions>, source?: DownloadSource): Promise<DownloadResult>;
  /** Whether the file is there, whole and right. */
  there(): Promise<boolean>;
  /** Sends some of what was asked for and cuts the line. */
  cut(asked: Asked, response: ServerResponse, bytes: number): true;
  end(): Promise<void>;
}

export async function openTrial(): Promise<Trial> {
  const folder = await mkdtemp(join(tmpdir(), "stint-download-"));
  const place = await openTestPlace(BODY);
  return {
    folder,
    place,
    run: (more = {}, source = SOURCE) => download(source, folder, { fetch: nearFetch, mirrors: [place.url], connections: 3, pieceBytes: PIECE, retryMs: [0, 0, 0], stallMs: 10_000, ...more }),
    there: async () => (await readFile(join(folder, "some.gguf"))).equals(BODY),
    cut: (asked, response, bytes) => {
      response.writeHead(206, headersFor(place, asked.start, asked.end - asked.start));
      response.write(place.body.subarray(asked.start, asked.start + bytes), () => response.destroy());
      return true;
    },
    end: async () => {
      place.close();
      await chmod(folder, 0o700);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
