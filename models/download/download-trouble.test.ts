import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { download } from "./download.ts";
import { headersFor, openTestPlace } from "./test-place.ts";
import type { TestPlace } from "./test-place.ts";
import { BODY, nearFetch, openTrial, PIECE, SOURCE } from "./test-trial.ts";
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

describe("a place that is not what it should be", { timeout: 60_000 }, () => {
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
    expect(await run()).toMatchObject({ kind: "downloaded" });
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

describe("several places", { timeout: 60_000 }, () => {
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

describe("a disk that has its own ways", { timeout: 60_000 }, () => {
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
