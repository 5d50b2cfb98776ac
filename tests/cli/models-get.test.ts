import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeTinyGguf } from "../engine/tiny-gguf.ts";
import { builtCli, stint, temporaryHome } from "../support/terminal.ts";

/* The one model of the catalogue whose size and checksum are not known, so that any file can stand for it. */
const ID = "qwen3-coder-next";
const FILE = "Qwen3-Coder-Next-Q4_K_M.gguf";
const PIECE = 16 * 1024 * 1024;

describe("stint models get", () => {
  const place = temporaryHome();
  const body = Buffer.concat([readFileSync(writeTinyGguf(join(place.home, "source.gguf"), { architecture: "llama", layers: 2, width: 128 })), Buffer.alloc(3 * PIECE)]);
  let home: ReturnType<typeof temporaryHome>;
  let server: Server;
  let url = "";
  let asked: number[] = [];
  /** Parts that begin here or later are promised and not sent. */
  let holdFrom = Infinity;
  const running: ChildProcess[] = [];

  beforeEach(async () => {
    home = temporaryHome();
    asked = [];
    holdFrom = Infinity;
    server = createServer((request, response) => {
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
      const start = Number(from);
      const part = body.subarray(start, Number(to) + 1);
      asked.push(start);
      response.writeHead(206, { "content-range": `bytes ${start}-${start + part.length - 1}/${body.length}`, "content-length": part.length, "etag": '"one"' });
      if (start >= holdFrom) response.write(part.subarray(0, 1000));
      else response.end(part);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
    server.closeAllConnections();
    server.close();
    home.remove();
  });

  const models = (...words: string[]) => stint(["models", ...words], { home: home.home });
  const kept = (): readonly string[] => (existsSync(join(home.home, "models")) ? readdirSync(join(home.home, "models")) : []);
  /** Starts a download that will not end by itself, and waits until two pieces are on disk. */
  async function startHalf(): Promise<ChildProcess> {
    holdFrom = 2 * PIECE;
    const child = spawn(process.execPath, [builtCli, "models", "get", ID, "--from", url, "--home", home.home], { stdio: ["ignore", "ignore", "pipe"] });
    running.push(child);
    const note = join(home.home, "models", `${FILE}.part.json`);
    const isHalf = (): boolean => existsSync(note) && (JSON.parse(readFileSync(note, "utf8")) as { done: number[] }).done.length === 2;
    while (!isHalf()) await new Promise((resolve) => setTimeout(resolve, 20));
    return child;
  }
  const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once("close", (code) => resolve(code)));

  it("brings a model into the list under its name, with progress, and says what it could check", async () => {
    const ran = await models("get", ID, "--from", url);
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toContain(`checksum not known to Stint; computed ${createHash("sha256").update(body).digest("hex")}`);
    expect(ran.err).toMatch(/Qwen3-Coder-Next: \d+ % of \d+ MB/);
    const listed: { installed: { id: string; name: string }[]; available: { id: string; installed: boolean }[] } = (await models("list", "--json")).json();
    expect(listed.installed).toMatchObject([{ id: "rules" }, { id: ID, name: "Qwen3-Coder-Next" }]);
    expect(listed.available.find(({ id }) => id === ID)?.installed).toBe(true);
    expect(kept()).toEqual([FILE, "models.json"].sort());
    expect((await models("remove", ID)).out).toContain("and its file are removed");
    expect(kept()).toEqual(["models.json"]);
  });

  it("goes on after a kill -9 with what had arrived, and a killed one holds no lock", async () => {
    const child = await startHalf();
    const second = await models("get", ID, "--from", url);
    expect([second.code, second.err.trim()]).toEqual([1, "Qwen3-Coder-Next is being downloaded already, by this or another Stint."]);
    child.kill("SIGKILL");
    await ended(child);
    expect((await models("list")).out).toMatch(new RegExp(`${ID} .*Paused at \\d+ % of`));
    holdFrom = Infinity;
    asked = [];
    const ran = await models("get", ID, "--from", url);
    expect(ran.code, ran.err).toBe(0);
    expect(asked.filter((start) => start > 0).sort((a, b) => a - b)).toEqual([2 * PIECE, 3 * PIECE]);
    expect(readFileSync(join(home.home, "models", FILE)).equals(body)).toBe(true);
  });

  it("pauses on Ctrl+C, keeps what has arrived, and removes it when it is told to", async () => {
    const child = await startHalf();
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.kill("SIGINT");
    expect(await ended(child)).toBe(1);
    expect(said).toMatch(/Qwen3-Coder-Next: paused at \d+ MB of \d+ MB\. Get it again to go on from there\./);
    expect(kept()).toEqual([`${FILE}.part`, `${FILE}.part.json`]);
    expect((await models("remove", ID)).code).toBe(0);
    expect(kept().filter((name) => name.includes(".part"))).toEqual([]);
  });

  it("asks the mirrors of the settings first", async () => {
    writeFileSync(join(home.home, "settings.json"), JSON.stringify({ version: 1, modelMirrors: [url] }));
    const ran = await models("get", ID);
    expect(ran.code, ran.err).toBe(0);
    expect(asked[0]).toBe(0);
  });
});
