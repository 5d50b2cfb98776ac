import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Completion } from "../agent/model.ts";
import type { EngineHost, LoadResult } from "../engine/host.ts";
import type { EngineState } from "../engine/state.ts";
import { readCatalogue } from "../../models/catalogue.ts";
import type { Hardware } from "../../models/hardware.ts";
import { createMeasuredStore } from "../../models/measured.ts";
import { createModelStore } from "../../models/store.ts";
import { tinyGguf } from "../../models/tiny-header.ts";
import { createModelDesk } from "./model-desk.ts";
import type { ModelDesk } from "./model-desk.ts";

const GIB = 1024 ** 3;
const MEMORY = { gpu: 0, cpu: 2e9, backend: "cpu" } as const;
const SAID: Completion = { kind: "text", text: "", promptTokens: 1, evaluatedTokens: 1, generatedTokens: 1, ms: 1500 };

/** A host whose state a test sets; it remembers which models it was asked to load. */
function fakeHost(): EngineHost & { current: EngineState; readonly loaded: string[]; result: LoadResult } {
  const host = {
    current: { kind: "absent" } as EngineState,
    loaded: [] as string[],
    result: { kind: "loaded", memory: MEMORY, refused: [] } as LoadResult,
    state: (): EngineState => host.current,
    load: async (_path: string, id: string): Promise<LoadResult> => {
      host.loaded.push(id);
      host.current = { kind: "ready", model: id, memory: MEMORY };
      return host.result;
    },
    unload: async (): Promise<void> => {
      host.current = { kind: "idle" };
    },
    model: { complete: async (): Promise<Completion> => SAID },
    setIdleMinutes: () => undefined,
    setBackends: () => undefined,
    hardware: async () => undefined,
    pid: () => undefined,
    stop: async () => undefined,
  };
  return host;
}

/** Waits for what happens by itself, on a busy computer too. */
const soon = (look: () => unknown): Promise<unknown> => vi.waitFor(look, { timeout: 30_000 });

let folder = "";
let host: ReturnType<typeof fakeHost>;
let changes = 0;
let chosen = "rules";
let hardware: Hardware;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-desk-"));
  host = fakeHost();
  changes = 0;
  chosen = "rules";
  hardware = { ramTotal: 32 * GIB, ramFree: 28 * GIB, card: { name: "A card", total: 12 * GIB, free: 11 * GIB } };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function open(mirrors: readonly string[] = []): ModelDesk {
  return createModelDesk({
    store: createModelStore({ folder: join(folder, "models"), now: () => new Date() }),
    measured: createMeasuredStore({ folder: join(folder, "models") }),
    folder: join(folder, "models"),
    mirrors: () => mirrors,
    host,
    chosen: () => chosen,
    choose: (id) => {
      chosen = id;
      return true;
    },
    onChange: () => {
      changes += 1;
    },
    hardware: async () => hardware,
  });
}
async function modelFile(name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, tinyGguf());
  return path;
}

describe("the list of models", { timeout: 60_000 }, () => {
  test("says of each model whether it fits, how fast it is here and how good it was found to be", async () => {
    const desk = open();
    await desk.add(await modelFile("tiny.gguf"));
    const [rules, tiny] = await desk.rows("wait");
    expect(rules).toMatchObject({ id: "rules", chosen: true });
    expect(tiny).toMatchObject({ id: "tiny", state: "installed", fit: "Fits: 0.0 of 11.0 GB graphics memory.", score: "score not measured yet" });
    expect(tiny?.speed).toMatch(/^speed not measured yet; .* tokens a second expected$/);
  });

  test("comes at once with what is known, and says when there is more", async () => {
    const desk = open();
    await desk.add(await modelFile("tiny.gguf"));
    const before = changes;
    expect((await desk.rows())[1]?.fit).toBeUndefined();
    await soon(() => expect(changes).toBeGreaterThan(before));
    expect((await desk.rows())[1]?.fit).toContain("Fits");
    const after = changes;
    await desk.rows();
    expect(changes).toBe(after);
  });

  test("keeps how long sentences took on this computer", async () => {
    const desk = open();
    await desk.add(await modelFile("tiny.gguf"));
    await desk.use("tiny");
    await desk.model.complete({ system: "", user: "", grammar: "", maxTokens: 1, timeoutMs: 1 }, new AbortController().signal);
    await soon(async () => expect((await desk.rows("wait"))[1]?.speed).toBe("1.5 s a sentence here"));
  });

  test("counts what the loaded model holds as free for another one", async () => {
    hardware = { ramTotal: 32 * GIB, ramFree: 28 * GIB, card: { name: "A card", total: 12 * GIB, free: 1 * GIB } };
    host.current = { kind: "ready", model: "x", memory: { gpu: 10 * GIB, cpu: 0, backend: "cuda" } };
    const offers = await open().offers("wait");
    expect(offers.find(({ id }) => id === "gemma-4-26b-a4b")?.fit).toContain("of 11.0 GB graphics memory");
  });

  test("says that a file is gone, and what the engine says of itself", async () => {
    const desk = open();
    const path = await modelFile("tiny.gguf");
    await desk.add(path);
    host.current = { kind: "ready", model: "tiny", memory: { ...MEMORY, note: "The experts are with their layers." } };
    expect((await desk.rows("wait"))[1]).toMatchObject({ state: "ready", detail: "ready, 2.0 GB in memory (cpu); The experts are with their layers." });
    await rm(path);
    expect((await desk.rows("wait"))[1]).toMatchObject({ state: "missing", detail: `its file is gone: ${path}` });
  });
});

describe("a model that cannot be loaded", { timeout: 60_000 }, () => {
  test("says why in the list, also when the one that worked is in memory and chosen again", async () => {
    const desk = open();
    await desk.add(await modelFile("good.gguf"));
    await desk.add(await modelFile("bad.gguf"));
    await desk.use("good");
    host.result = { kind: "failed", code: "failed", message: "The file is cut off.", restoring: "good" };
    expect(await desk.use("bad")).toEqual({ ok: false, message: "The file is cut off." });
    expect(chosen).toBe("good");
    host.current = { kind: "ready", model: "good", memory: MEMORY };
    expect((await desk.rows()).find(({ id }) => id === "bad")).toMatchObject({ state: "failed", detail: "failed: The file is cut off.", chosen: false });
    host.result = { kind: "loaded", memory: MEMORY, refused: [] };
    await desk.use("bad");
    host.current = { kind: "ready", model: "good", memory: MEMORY };
    expect((await desk.rows()).find(({ id }) => id === "bad")?.state).toBe("installed");
  });
});

describe("the models that can be fetched", { timeout: 60_000 }, () => {
  test.each([
    ["12 GB of graphics memory and 32 GB of memory", { ramTotal: 32 * GIB, ramFree: 28 * GIB, card: { name: "c", total: 12 * GIB, free: 11 * GIB } }, "gemma-4-26b-a4b"],
    ["12 GB of graphics memory and 8 GB of memory", { ramTotal: 8 * GIB, ramFree: 5 * GIB, card: { name: "c", total: 12 * GIB, free: 11 * GIB } }, "gemma-4-12b"],
    ["a small computer", { ramTotal: 4 * GIB, ramFree: 3 * GIB, card: undefined }, "qwen3.5-2b"],
    ["an old computer", { ramTotal: 2 * GIB, ramFree: 1.25 * GIB, card: undefined }, "qwen3.5-0.8b"],
  ])("of them the best for %s is marked", async (_, here, id) => {
    hardware = here;
    const offers = await open().offers("wait");
    expect(offers.filter(({ recommended }) => recommended).map((offer) => offer.id)).toEqual([id]);
    expect(offers).toHaveLength(readCatalogue().length);
    for (const offer of offers) expect(offer.fit, offer.id).toMatch(offer.fits ? /^Fits.* tokens a second expected\.$/ : /^Does not fit/);
  });

  test("are known by name when one of them is to be used without being here", async () => {
    expect(await open().use("gemma-4-e2b")).toEqual({ ok: false, message: "gemma-4-e2b is not on this computer yet: get it first." });
    expect(await open().use("nobody")).toEqual({ ok: false, message: "There is no model called nobody." });
    expect(host.loaded).toEqual([]);
  });

  describe("from a place", () => {
    const body = tinyGguf();
    let server: Server;
    let hold = false;
    let url = "";
    beforeEach(async () => {
      hold = false;
      server = createServer((request, response) => {
        const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
        const part = body.subarray(Number(from), Number(to) + 1);
        response.writeHead(206, { "content-range": `bytes ${from}-${Number(from) + part.length - 1}/${body.length}`, "content-length": part.length });
        if (hold && part.length > 4) response.write(part.subarray(0, 10));
        else response.end(part);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    test("are on this computer after that, under their name", async () => {
      const desk = open([url]);
      const said = await desk.getById("qwen3-coder-next");
      expect(said).toMatchObject({ ok: true, id: "qwen3-coder-next" });
      expect(said.message).toContain("checksum not known to Stint; computed");
      expect((await desk.rows("wait"))[1]).toMatchObject({ id: "qwen3-coder-next", name: "Qwen3-Coder-Next" });
      expect((await desk.offers("wait")).find(({ id }) => id === "qwen3-coder-next")).toMatchObject({ installed: true, state: "installed" });
      expect(await desk.use("qwen3-coder-next")).toMatchObject({ ok: true });
      expect((await desk.remove("qwen3-coder-next")).message).toBe("The model and its file are removed.");
      expect(chosen).toBe("rules");
      expect(existsSync(join(folder, "models", "Qwen3-Coder-Next-Q4_K_M.gguf"))).toBe(false);
    });

    test("show how far they are, and can be paused and deleted", async () => {
      hold = true;
      const desk = open([url]);
      const getting = desk.getById("qwen3-coder-next");
      const offer = async (): Promise<unknown> => (await desk.offers("wait")).find(({ id }) => id === "qwen3-coder-next");
      await soon(async () => expect(await offer()).toMatchObject({ state: "downloading", detail: expect.stringMatching(/^\d+ % of/) }));
      expect(await desk.getById("qwen3-coder-next")).toEqual({ ok: false, message: "Qwen3-Coder-Next is being downloaded already." });
      expect(desk.pause("qwen3-coder-next")).toMatchObject({ ok: true });
      expect((await getting).message).toContain("paused");
      expect(await offer()).toMatchObject({ state: "available" });
      expect(desk.pause("qwen3-coder-next")).toMatchObject({ ok: false });
      expect(await desk.discard("qwen3-coder-next")).toMatchObject({ ok: false });
    });

    test("say why they did not come", async () => {
      server.close();
      const other = createServer((_, response) => response.writeHead(200).end("<html>sign in</html>"));
      await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
      try {
        await mkdir(join(folder, "models"), { recursive: true });
        const desk = createModelDesk({
          store: createModelStore({ folder: join(folder, "models"), now: () => new Date() }),
          measured: createMeasuredStore({ folder: join(folder, "models") }),
          folder: join(folder, "models"),
          mirrors: () => [`http://127.0.0.1:${(other.address() as AddressInfo).port}`],
          host,
          chosen: () => chosen,
          choose: () => true,
          onChange: () => undefined,
          hardware: async () => hardware,
          fetch: async (target, init) => (new URL(target).hostname === "127.0.0.1" ? fetch(target, init) : new Response("no", { status: 404 })),
        });
        const said = await desk.getById("gemma-4-e2b");
        expect(said).toEqual({ ok: false, message: "What arrived is not the model that was asked for; it has been thrown away." });
        expect((await desk.offers("wait")).find(({ id }) => id === "gemma-4-e2b")).toMatchObject({ state: "failed", detail: said.message });
      } finally {
        other.close();
      }
    });
  });
});
