import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readEnvironment } from "../../electron/account/environment.ts";
import { forkChild } from "../../electron/child/child.ts";
import { createEngineHost } from "../../electron/engine/host.ts";
import { createModelStore } from "../../models/store.ts";
import type { FoundAgent } from "./agents.ts";
import { talkWithProduct } from "./product.ts";

/** The engine's own bundle, built beside this program. */
const engineFile = (): string => join(dirname(fileURLToPath(import.meta.url)), "engine.mjs");

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** A GGUF file by its path, or an installed model by its id. */
async function fileOf(name: string, home: string | undefined): Promise<string | undefined> {
  if (existsSync(name)) return resolve(name);
  const folder = join(readEnvironment(home).home, "models");
  return (await createModelStore({ folder, now: () => new Date() }).get(name))?.path;
}

/** The product with that model loaded by its own engine in its own process. One talk at a time: there is one model in memory. */
export async function stintAgent(name: string, home: string | undefined): Promise<FoundAgent> {
  const path = await fileOf(name, home);
  if (path === undefined) return { kind: "unknown", message: `There is no file and no installed model "${name}".` };
  const host = createEngineHost({ spawn: () => forkChild(engineFile()), onState: () => undefined, idleMinutes: 0 });
  const loaded = await host.load(path, basename(path));
  if (loaded.kind === "failed") {
    await host.stop();
    return { kind: "unknown", message: `${basename(path)} could not be loaded: ${loaded.message}` };
  }
  return {
    kind: "agent",
    agent: {
      name: `stint:${basename(path, ".gguf")}`,
      slots: 1,
      about: { model: basename(path), sha256: await sha256(path), backend: loaded.memory.backend },
      open: (world) => Promise.resolve(talkWithProduct(world, host.model, true)),
      close: () => host.stop(),
    },
  };
}
