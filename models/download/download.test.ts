import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { discardDownload, download } from "./download.ts";
import type { DownloadOptions, DownloadSource } from "./download.ts";
import { takeLock } from "../lock.ts";
import type { DownloadResult } from "./outcome.ts";
import { createPace } from "./pace.ts";
import type { Progress } from "./pace.ts";
import type { Fetch } from "./request.ts";
import { headersFor, openTestPlace } from "./test-place.ts";
import type { Asked, TestPlace } from "./test-place.ts";

const PIECE = 32_000;
/** Nine pieces and a bit, no two alike. */
const BODY = Buffer.concat([Buffer.from("GGUF"), ...Array.from({ length: 300 }, (_, i) => Buffer.alloc(1000, `piece ${i} `))]);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const SOURCE: DownloadSource = { repository: "some/model", revision: null, file: "some.gguf", bytes: BODY.length, sha256: sha256(BODY), name: "Some" };

let folder = "";
let place: TestPlace;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-download-"));
  place = await openTestPlace(BODY);
});
afterEach(async () => {
  place.close();
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true, force: true });
});

/** The models' own place is not asked in tests: nothing leaves this computer. */
const nearFetch: Fetch = async (url, init) => (new URL(url).hostname === "127.0.0.1" ? fetch(url, init) : new Response("no", { status: 404 }));
const run = (more: Partial<DownloadOptions> = {}, source: DownloadSource = SOURCE): Promise<DownloadResult> =>
  download(source, folder, { fetch: nearFetch, mirrors: [place.url], connections: 3, pieceBytes: PIECE, retryMs: [0, 0, 0], stallMs: 300, ...more });
const there = async (): Promise<boolean> => (await readFile(join(folder, "some.gguf"))).equals(BODY);
/** Sends some of what was asked for and cuts the line. */
function cut(asked: Asked, response: ServerResponse, bytes: number): true {
  response.writeHead(206, headersFor(place, asked.start, asked.end - asked.start));
  response.write(place.body.subarray(asked.start, asked.start + bytes), () => response.destroy());
  return true;
}

describe("downloading a model", () => {
  test("brings exactly the right file in parts over several connections, with nothing left beside it", async () => {
    const seen: Progress[] = [];
    const result = await run({ onProgress: (progress) => seen.push(progress) });
    expect(result).toEqual({ kind: "downloaded", path: join(folder, "some.gguf"), sha256: SOURCE.sha256, checked: "checksum" });
    expect(await there()).toBe(true);
    expect(await readdir(folder)).toEqual(["some.gguf"]);
    expect(place.asked[0]).toMatchObject({ url: "/some/model/resolve/main/some.gguf", start: 0, end: 4 });
    const parts = place.asked.slice(1);
    expect(parts.map(({ start }) => start).sort((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, i) => i * PIECE));
    const fetched = seen.filter(({ phase }) => phase === "fetching").map(({ done }) => done);
    expect(fetched).toEqual([...fetched].sort((a, b) => a - b));
    expect(fetched.at(-1)).toBe(BODY.length);
    expect(seen.at(-1)).toMatchObject({ phase: "checking", done: BODY.length });
  });

  test("really has several requests under way at once", async () => {
    const open = { now: 0, most: 0 };
    place.bend = (asked, response) => {
      if (asked.number === 0) return false;
      open.now += 1;
      open.most = Math.max(open.most, open.now);
      setTimeout(() => {
        open.now -= 1;
        response.writeHead(206, headersFor(place, asked.start, asked.end - asked.start)).end(place.body.subarray(asked.start, asked.end));
      }, 20);
      return true;
    };
    expect((await run()).kind).toBe("downloaded");
    expect(open.most).toBe(3);
  });

  test("takes the commit that is pinned, and does not fetch again what is already there and right", async () => {
    const pinned = { ...SOURCE, revision: "a".repeat(40) };
    expect((await run({}, pinned)).kind).toBe("downloaded");
    expect(place.asked[0]?.url).toBe(`/some/model/resolve/${"a".repeat(40)}/some.gguf`);
    const before = place.asked.length;
    expect((await run({}, pinned)).kind).toBe("already");
    expect(place.asked).toHaveLength(before);
    await writeFile(join(folder, "some.gguf"), Buffer.alloc(BODY.length, "x"));
    expect((await run({}, pinned)).kind).toBe("downloaded");
    expect(await there()).toBe(true);
  });

  test("says that it checked by size alone, and what it computed, where no checksum is known", async () => {
    expect(await run({}, { ...SOURCE, bytes: null, sha256: null })).toEqual({ kind: "downloaded", path: join(folder, "some.gguf"), sha256: SOURCE.sha256, checked: "size" });
  });
});

describe("a line that breaks", () => {
  test("is taken up where it broke, not at the start of what was being fetched", async () => {
    place.bend = (asked, response) => asked.number % 2 === 1 && cut(asked, response, 10_000);
    expect((await run({ retryMs: [0, 0, 0] })).kind).toBe("downloaded");
    expect(await there()).toBe(true);
    const resumed = place.asked.filter(({ start, number }) => number > 0 && start % PIECE !== 0);
    expect(resumed.length).toBeGreaterThan(5);
    // A piece that broke is gone on with in its middle, and never asked for from its start again once bytes of it had come.
    const starts = place.asked.slice(1).map(({ start }) => start);
    expect(new Set(starts).size).toBeGreaterThan(starts.length - 3);
  });

  test("that stands still is cut and taken up", async () => {
    const silent = { times: 0 };
    place.bend = (asked, response) => {
      if (asked.number === 0 || silent.times >= 2) return false;
      silent.times += 1;
      response.writeHead(206, headersFor(place, asked.start, asked.end - asked.start)).write(place.body.subarray(asked.start, asked.start + 100));
      return true;
    };
    expect((await run()).kind).toBe("downloaded");
    expect(silent.times).toBe(2);
  });

  test("for good keeps what has arrived, says so, and the next try fetches only the rest", async () => {
    place.bend = (asked, response) => asked.start >= 4 * PIECE && cut(asked, response, 0);
    const first = await run({ connections: 1 });
    expect(first).toMatchObject({ kind: "failed", code: "cut-off" });
    expect(first.kind === "failed" && first.message).toContain("What has arrived is kept");
    expect((await readdir(folder)).sort()).toEqual(["some.gguf.part", "some.gguf.part.json"]);
    const before = place.sent();
    place.bend = () => false;
    expect((await run()).kind).toBe("downloaded");
    expect(await there()).toBe(true);
    expect(place.sent() - before).toBe(BODY.length - 4 * PIECE + 4);
  });

  test("pauses when it is told to, and goes on later", async () => {
    const abort = new AbortController();
    const paused = await run({ connections: 1, signal: abort.signal, onProgress: ({ done }) => done >= 3 * PIECE && abort.abort() });
    expect(paused).toMatchObject({ kind: "paused", total: BODY.length });
    expect(paused.kind === "paused" && paused.done).toBeGreaterThanOrEqual(3 * PIECE);
    const before = place.asked.length;
    expect((await run()).kind).toBe("downloaded");
    expect(place.asked.slice(before).some(({ start }) => start === PIECE)).toBe(false);
    expect(await there()).toBe(true);
  });

  test("leaves nothing once an unfinished download is discarded", async () => {
    place.bend = (asked, response) => asked.start >= 2 * PIECE && cut(asked, response, 0);
    await run({ connections: 1 });
    expect(await discardDownload("some.gguf", folder)).toBe("discarded");
    expect(await readdir(folder)).toEqual([]);
  });

  test("does not believe a note about bytes that are not there", async () => {
    place.bend = (asked, response) => asked.start >= 4 * PIECE && cut(asked, response, 0);
    await run({ connections: 1 });
    place.bend = () => false;
    await truncate(join(folder, "some.gguf.part"), PIECE);
    expect((await run()).kind).toBe("downloaded");
    await writeFile(join(folder, "some.gguf.part.json"), "{ not json");
    await rm(join(folder, "some.gguf"));
    expect((await run()).kind).toBe("downloaded");
    expect(await there()).toBe(true);
  });
});

describe("a place that is not what it should be", () => {
  const answers = (status: number, more: Record<string, string> = {}, text = "no"): TestPlace["bend"] => (_, response) => {
    response.writeHead(status, more).end(text);
    return true;
  };
  test.each<[string, string, TestPlace["bend"]]>([
    ["not-found", "no such file", answers(404)],
    ["refused", "no permission", answers(403)],
    ["refused", "no sign-in", answers(401)],
    ["rate-limited", "too much asked", answers(429, { "retry-after": "0" })],
    ["offline", "broken inside", answers(500)],
    ["wrong-file", "nothing in the file", answers(416)],
    ["wrong-file", "a page in place of the file", answers(200, { "content-type": "text/html" }, "<html>sign in</html>")],
    ["wrong-file", "a file of another length", (asked, response) => {
      response.writeHead(206, { "content-range": `bytes ${asked.start}-${asked.end - 1}/${BODY.length + 1}` }).end(place.body.subarray(asked.start, asked.end));
      return true;
    }],
    ["wrong-file", "garbage from the first byte", (asked, response) => {
      response.writeHead(206, headersFor(place, asked.start, asked.end - asked.start)).end(Buffer.alloc(asked.end - asked.start, "z"));
      return true;
    }],
    ["wrong-file", "garbage behind a good start", (asked, response) => {
      if (asked.number === 0) return false;
      response.writeHead(206, headersFor(place, asked.start, asked.end - asked.start)).end(Buffer.alloc(asked.end - asked.start, "z"));
      return true;
    }],
    ["offline", "no word about which part it sends", answers(206)],
    ["cut-off", "other parts than were asked for", (asked, response) => {
      if (asked.number === 0) return false;
      response.writeHead(206, headersFor(place, 7, 100)).end(place.body.subarray(7, 107));
      return true;
    }],
    ["cut-off", "less than it says", (asked, response) => asked.number > 0 && cut(asked, response, 0)],
  ])("ends as %s with %s, in one sentence or two", async (code, _, bend) => {
    place.bend = bend;
    const result = await run({ connections: 2 });
    expect(result).toMatchObject({ kind: "failed", code });
    expect(result.kind === "failed" && result.message).toMatch(/^[A-Z][^\n]{10,180}\.$/);
    expect(await readdir(folder)).not.toContain("some.gguf");
  });

  test("throws away what it found to be wrong", async () => {
    place.body = Buffer.concat([Buffer.from("GGUF"), Buffer.alloc(BODY.length - 4, "q")]);
    expect(await run()).toMatchObject({ kind: "failed", code: "wrong-file" });
    expect(await readdir(folder)).toEqual([]);
  });

  test("sends more than was asked for: the rest is left", async () => {
    place.bend = (asked, response) => {
      if (asked.number === 0) return false;
      response.writeHead(206, { ...headersFor(place, asked.start, asked.end - asked.start), "content-length": String(Math.min(place.body.length, asked.end + 5000) - asked.start) });
      response.end(place.body.subarray(asked.start, asked.end + 5000));
      return true;
    };
    expect((await run()).kind).toBe("downloaded");
    expect(await there()).toBe(true);
  });

  test("asks for patience and is given it", async () => {
    place.bend = (asked, response) => {
      if (asked.number === 0 || asked.number > 3) return false;
      response.writeHead(429, { "retry-after": "0" }).end();
      return true;
    };
    expect((await run()).kind).toBe("downloaded");
  });

  test("changes the file on the way: it is fetched from the start, once", async () => {
    const old = place.body;
    const changed = { yet: false };
    place.body = Buffer.concat([Buffer.from("GGUF"), Buffer.alloc(BODY.length - 4, "old ")]);
    place.etag = '"old"';
    place.bend = (asked) => {
      if (asked.start >= 3 * PIECE && !changed.yet) {
        changed.yet = true;
        place.body = old;
        place.etag = '"new"';
      }
      return false;
    };
    expect((await run()).kind).toBe("downloaded");
    expect(await there()).toBe(true);
  });

  test("changes the file again and again: it is given up with the reason", async () => {
    place.bend = (asked) => {
      place.etag = `"${asked.number}"`;
      return false;
    };
    expect(await run()).toMatchObject({ kind: "failed", code: "changed" });
    expect(await readdir(folder)).toEqual([]);
  });

  test("changed the file between two tries: nothing of the old one is kept", async () => {
    const good = place.body;
    place.body = Buffer.concat([Buffer.from("GGUF"), Buffer.alloc(BODY.length - 4, "old ")]);
    place.etag = '"old"';
    place.bend = (asked, response) => asked.start >= 4 * PIECE && cut(asked, response, 0);
    await run({ connections: 1 });
    place.body = good;
    place.etag = '"new"';
    place.bend = () => false;
    expect((await run()).kind).toBe("downloaded");
    expect(await there()).toBe(true);
  });

  test("gives no parts: one connection brings the whole file", async () => {
    place.bend = (_, response) => {
      response.writeHead(200, { "content-length": BODY.length }).end(BODY);
      return true;
    };
    expect((await run()).kind).toBe("downloaded");
    expect(place.asked).toHaveLength(1);
    expect(await there()).toBe(true);
  });

  test.each([
    ["cut-off", (response: ServerResponse) => response.writeHead(200, { "content-length": BODY.length }).write(BODY.subarray(0, 1000), () => response.destroy())],
    ["cut-off", (response: ServerResponse) => response.writeHead(200).end(BODY.subarray(0, 1000))],
    ["wrong-file", (response: ServerResponse) => response.writeHead(200).end(Buffer.concat([BODY, BODY]))],
  ])("gives no parts and ends as %s: nothing is left", async (code, answer) => {
    place.bend = (_, response) => {
      answer(response);
      return true;
    };
    expect(await run()).toMatchObject({ kind: "failed", code });
    expect(await readdir(folder)).toEqual([]);
  });

  test("says offline when nobody answers", async () => {
    place.close();
    expect(await run()).toMatchObject({ kind: "failed", code: "offline" });
  });
});

describe("several places", () => {
  test("takes the next place when one has nothing, and goes on there with what the first one gave", async () => {
    const other = await openTestPlace(BODY);
    other.etag = '"another name for the same"';
    try {
      place.bend = (asked, response) => asked.start >= 5 * PIECE && cut(asked, response, 0);
      expect((await run({ connections: 1, mirrors: [place.url, `${other.url}/`] })).kind).toBe("downloaded");
      expect(await there()).toBe(true);
      expect(other.asked.some(({ start }) => start === PIECE)).toBe(false);
      expect(other.asked.some(({ start }) => start === 5 * PIECE)).toBe(true);
    } finally {
      other.close();
    }
  });

  test("does not mix two places where no checksum tells that both are right", async () => {
    const other = await openTestPlace(BODY);
    try {
      place.bend = (asked, response) => asked.start >= 5 * PIECE && cut(asked, response, 0);
      expect((await run({ connections: 1, mirrors: [place.url, other.url] }, { ...SOURCE, sha256: null })).kind).toBe("downloaded");
      expect(other.asked.some(({ start }) => start === PIECE)).toBe(true);
    } finally {
      other.close();
    }
  });

  test("falls back to the models' own place", async () => {
    place.bend = (_, response) => {
      response.writeHead(404).end();
      return true;
    };
    const hosts: string[] = [];
    await run({
      fetch: async (url, init) => {
        hosts.push(new URL(url).hostname);
        return nearFetch(url, init);
      },
    });
    expect(hosts).toEqual(["127.0.0.1", "huggingface.co"]);
  });

  test.each(["ftp://127.0.0.1/", "not an address", "file:///etc"])("refuses the address %s without asking there", async (mirror) => {
    expect(await run({ mirrors: [mirror] })).toMatchObject({ kind: "failed", code: "refused" });
    expect(place.asked).toEqual([]);
  });

  test("fetches nothing over an open line that it could not check afterwards", async () => {
    expect(await run({ mirrors: ["http://192.0.2.1"] }, { ...SOURCE, sha256: null })).toMatchObject({ kind: "failed", code: "refused" });
  });
});

describe("a disk that has its own ways", () => {
  test("without room is found out before anything is fetched", async () => {
    const result = await run({ freeBytes: async () => 600_000 });
    expect(result).toMatchObject({ kind: "failed", code: "no-space", message: "There is not enough room on the disk: Some needs 537 MB, and 1 MB is free." });
    expect(place.asked).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });

  test("counts what has arrived already when it looks for room", async () => {
    place.bend = (asked, response) => asked.start >= 8 * PIECE && cut(asked, response, 0);
    await run({ connections: 1 });
    place.bend = () => false;
    const needed = 512 * 1024 * 1024 + BODY.length - 8 * PIECE;
    expect(await run({ freeBytes: async () => needed - 1 })).toMatchObject({ code: "no-space" });
    expect((await run({ freeBytes: async () => needed })).kind).toBe("downloaded");
  });

  test("that is a file where the folder should be is named", async () => {
    await writeFile(join(folder, "models"), "");
    expect(await download(SOURCE, join(folder, "models"), { fetch: nearFetch, mirrors: [place.url] })).toMatchObject({ kind: "failed", code: "not-written" });
  });

  test("with a folder in the way of the unfinished file is named, and nothing throws", async () => {
    await mkdir(join(folder, "some.gguf.part", "x"), { recursive: true });
    expect(await run()).toMatchObject({ kind: "failed" });
  });
});

describe("two at once", () => {
  test("do not collide: the second one is told, and the file is right", async () => {
    const [first, second] = await Promise.all([run(), run()]);
    expect([first.kind, second.kind].sort()).toEqual(["downloaded", "failed"]);
    const told = first.kind === "failed" ? first : second;
    expect(told).toMatchObject({ code: "busy", message: "Some is being downloaded already, by this or another Stint." });
    expect(await there()).toBe(true);
  });

  test("a lock is given back, is one for each file, and is not left in the folder", async () => {
    const release = await takeLock(join(folder, "a"));
    expect(await takeLock(join(folder, "a"))).toBeUndefined();
    const other = await takeLock(join(folder, "b"));
    expect(other).toBeDefined();
    expect(await discardDownload("a", folder)).toBe("busy");
    await release?.();
    await other?.();
    const again = await takeLock(join(folder, "a"));
    expect(again).toBeDefined();
    await again?.();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("progress", () => {
  test("says a rate and the time left from the last ten seconds, and nothing before one second", () => {
    const clock = { ms: 0 };
    const pace = createPace(1000, () => clock.ms);
    expect(pace(0)).toEqual({ phase: "fetching", done: 0, total: 1000, bytesPerSecond: undefined, secondsLeft: undefined });
    clock.ms = 500;
    expect(pace(50).bytesPerSecond).toBeUndefined();
    clock.ms = 2000;
    expect(pace(200)).toMatchObject({ bytesPerSecond: 100, secondsLeft: 8 });
    // Eleven seconds at half the rate: the beginning no longer counts.
    for (let second = 3; second <= 14; second += 1) {
      clock.ms = second * 1000;
      pace(200 + (second - 2) * 50);
    }
    clock.ms = 15_000;
    expect(pace(850).bytesPerSecond).toBeCloseTo(50, 0);
  });
});

test("a place that closes every line at once is asked no more often than it may be", async () => {
  const server = createServer((request) => void request.socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const counted = { requests: 0 };
  try {
    const result = await download(SOURCE, folder, {
      fetch: async (url, init) => {
        counted.requests += 1;
        return nearFetch(url, init);
      },
      mirrors: [`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`],
      retryMs: [0, 0, 0],
    });
    expect(result).toMatchObject({ code: "offline" });
    expect(counted.requests).toBe(5);
  } finally {
    server.close();
  }
  await expect(stat(join(folder, "some.gguf.part"))).rejects.toMatchObject({ code: "ENOENT" });
});
