/**
 * Runs the add-on against the real inference library in a process of its own, on any system: ADDON MODEL GPU RESULT. Loads the model
 * without, with and again without its experts in system memory, and writes what happened to RESULT as JSON.
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [addOnFile, modelFile, gpu, resultFile] = process.argv.slice(2);
const path = resolve(modelFile);
const pattern = (layers) => `^blk\\.(${Array.from({ length: layers }, (_, i) => i).join("|")})\\.ffn_(up|down|gate|gate_up)_(ch|)exps`;

async function run() {
  const addOn = createRequire(import.meta.url)(resolve(addOnFile));
  const result = { platform: process.platform, source: addOn.source, release: addOn.release, early: addOn.attach(addOn.release), loads: [] };
  const { getLlama, LlamaLogLevel } = await import("node-llama-cpp");
  const llama = await getLlama({ gpu: gpu === "cpu" ? false : gpu, build: "never", skipDownload: true, logLevel: LlamaLogLevel.error, logger: () => undefined });
  result.wrong = addOn.attach("v0.0.0");
  result.attached = addOn.attach(llama.llamaCppRelease.release);
  if (result.attached !== "") return result;
  result.again = addOn.attach(llama.llamaCppRelease.release);

  const load = async (layers, { answers = 8, ...options } = {}) => {
    const id = layers > 0 ? addOn.arm(path, pattern(layers)) : 0;
    const model = await llama.loadModel({ modelPath: path, gpuLayers: gpu === "cpu" ? 0 : "max", useMmap: false, ignoreMemorySafetyChecks: true, ...options });
    const applied = id === 0 ? 0 : addOn.disarm(id);
    const tokens = [];
    if (answers > 0) {
      const context = await model.createContext({ contextSize: 512, batchSize: 64, threads: 1, flashAttention: false });
      for await (const token of context.getSequence().evaluate(model.tokenize("2h acme design"), { temperature: 0 })) if (tokens.push(token) >= answers) break;
    }
    const { vram, ram } = model.memoryUsage;
    await model.dispose();
    result.loads.push({ layers, applied, vram, ram, tokens });
  };
  await load(0);
  await load(4);
  await load(0);
  await load(4, { useMmap: true, answers: 0 });

  const id = addOn.arm(path, pattern(1));
  result.twice = addOn.arm(path, pattern(2));
  result.unused = addOn.disarm(id);
  result.unknown = addOn.disarm(id);
  const long = "x".repeat(20_000);
  const before = process.memoryUsage.rss();
  for (let i = 0; i < 10_000; i += 1) addOn.disarm(addOn.arm(`${path}.${i}`, long));
  result.growth = process.memoryUsage.rss() - before;
  return result;
}

const result = await run().catch((error) => ({ error: error.stack }));
writeFileSync(resultFile, JSON.stringify(result));
process.exit(0);
