import { readdir, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { takeLock } from "../lock.ts";
import { discardDownload } from "./download.ts";
import { createPace } from "./pace.ts";
import type { Progress } from "./pace.ts";
import { headersFor } from "./test-place.ts";
import type { TestPlace } from "./test-place.ts";
import { BODY, openTrial, PIECE, SOURCE } from "./test-trial.ts";
import type { Trial } from "./test-trial.ts";

let trial: Trial;
let folder = "";
let place: TestPlace;
beforeEach(async () => {
  trial = await openTrial();
  ({ folder, place } = trial);
});
afterEach(() => trial.end());
const run: Trial["run"] = (...given) => trial.run(...given);
const there = (): Promise<boolean> => trial.there();
const cut: Trial["cut"] = (...given) => trial.cut(...given);

describe("downloading a model", { timeout: 60_000 }, () => {
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

describe("a line that breaks", { timeout: 60_000 }, () => {
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
    expect((await run({ stallMs: 300, retryMs: [0, 0, 0, 0, 0, 0] })).kind).toBe("downloaded");
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

describe("two at once", { timeout: 60_000 }, () => {
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

describe("progress", { timeout: 60_000 }, () => {
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
