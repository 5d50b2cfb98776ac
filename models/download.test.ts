import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { download } from "./download.ts";

const BODY = Buffer.alloc(300_000, "stint");
const ENTRY = { repository: "some/model", file: "some.gguf", bytes: BODY.length, sha256: createHash("sha256").update(BODY).digest("hex"), name: "Some" };

let folder = "";
let server: Server | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-download-"));
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function serve(answer: RequestListener): Promise<string> {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

describe("downloading a model", () => {
  test("leaves exactly the right file and reports progress up to its size", async () => {
    const asked: (string | undefined)[] = [];
    const endpoint = await serve((request, response) => {
      asked.push(request.url);
      response.end(BODY);
    });
    const seen: number[] = [];
    const result = await download(ENTRY, folder, { fetch, endpoint, onProgress: (done) => seen.push(done) });
    expect(result).toEqual({ kind: "downloaded", path: join(folder, "some.gguf") });
    expect(asked).toEqual(["/some/model/resolve/main/some.gguf"]);
    expect(await readdir(folder)).toEqual(["some.gguf"]);
    expect((await readFile(join(folder, "some.gguf"))).equals(BODY)).toBe(true);
    expect(seen.at(-1)).toBe(BODY.length);
  });

  test("does not fetch again what is already there and right, and replaces what is wrong", async () => {
    let asked = 0;
    const endpoint = await serve((_, response) => {
      asked += 1;
      response.end(BODY);
    });
    await writeFile(join(folder, "some.gguf"), Buffer.alloc(BODY.length, "x"));
    expect((await download(ENTRY, folder, { fetch, endpoint })).kind).toBe("downloaded");
    expect((await download(ENTRY, folder, { fetch, endpoint })).kind).toBe("already");
    expect(asked).toBe(1);
  });

  test.each<[string, RequestListener]>([
    ["not-found", (_, response) => response.writeHead(404).end("no")],
    ["refused", (_, response) => response.writeHead(401).end("no")],
    ["wrong-file", (_, response) => response.end(Buffer.alloc(BODY.length, "y"))],
    ["wrong-file", (_, response) => response.end(Buffer.concat([BODY, BODY]))],
    ["cut-off", (_, response) => response.end(BODY.subarray(0, 1000))],
    ["cut-off", (_, response) => response.writeHead(200, { "content-length": BODY.length }).write(BODY.subarray(0, 1000), () => response.destroy())],
    ["cut-off", (_, response) => void response.writeHead(200, { "content-length": BODY.length }).write(BODY.subarray(0, 1000))],
  ])("says %s in one sentence and leaves nothing behind", async (code, answer) => {
    const endpoint = await serve(answer);
    const result = await download(ENTRY, folder, { fetch, endpoint, stallMs: 300 });
    expect(result).toMatchObject({ kind: "failed", code });
    expect(await readdir(folder)).toEqual([]);
  });

  test("says offline when nobody answers", async () => {
    const endpoint = await serve(() => undefined);
    server?.close();
    expect(await download(ENTRY, folder, { fetch, endpoint: endpoint.replace(/\d+$/, "9"), stallMs: 500 })).toMatchObject({ code: "offline" });
  });

  test("stops when it is cancelled and leaves nothing behind", async () => {
    const abort = new AbortController();
    const endpoint = await serve((_, response) => void response.writeHead(200).write(BODY.subarray(0, 1000)));
    const running = download(ENTRY, folder, { fetch, endpoint, signal: abort.signal, onProgress: () => abort.abort() });
    expect(await running).toEqual({ kind: "failed", code: "cancelled", message: "The download was cancelled." });
    expect(await readdir(folder)).toEqual([]);
  });

  test("asks for nothing when the disk has no room", async () => {
    const endpoint = await serve((_, response) => response.end(BODY));
    const result = await download({ ...ENTRY, bytes: 2 ** 52 }, folder, { fetch, endpoint });
    expect(result).toMatchObject({ kind: "failed", code: "no-space" });
    expect(server?.listening).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });
});
