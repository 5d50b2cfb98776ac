/**
 * `npm run bench -- engine`: what Stint's engine costs beside the inference library alone, measured in one run on the same files, as a
 * table and as JSON (reports/bench-engine.json). Answers come from a small real model, switches from small generated ones. Two processes
 * take turns, so that a busy machine slows both; ratios are medians of pairs.
 */
import { fork } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { bundle } from "../lib/bundle.mjs";
import { root } from "../lib/run.mjs";

const PAIRS = 8;
const TOKENS = 32;
const SWITCHES = 100;
const SENTENCES = ["2h acme design yesterday", "move Friday's 2h to Monday", "1h30 globex research this morning", "delete yesterday's standup", "start acme website", "how much did I log last week?", "3h initech migration on Tuesday", "change it to 45m"];
/** Words without an end: both have to write as many tokens as they are allowed. */
const GRAMMAR = "root ::= [a-z0-9 .,|:;] root";

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Memory that is this process's own, and its part of what it shares; in bytes. Linux only. */
function memoryOf(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) * 1024;
}

/** Milliseconds of processor time that a process has used so far, all its threads together: what is left of a figure on a busy machine. Linux only. */
function processorMs(pid) {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]) / 1e6, 0);
}

async function startBare(chat) {
  const child = fork(new URL("./engine/bare.mjs", import.meta.url), [chat], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const next = () => new Promise((resolve) => child.once("message", resolve));
  await next();
  const ask = (what, options = {}) => {
    const answer = next();
    child.send({ what, ...options });
    return answer;
  };
  return { ask, pid: child.pid, stop: () => child.kill() };
}

const sources = async (...paths) => Promise.all(paths.map(async (path) => import(await bundle(path))));

async function loaded(host, path, name) {
  const began = performance.now();
  const load = await host.load(path, name);
  if (load.kind === "failed") throw new Error(load.message);
  return performance.now() - began;
}

async function answered(host, request, signal = new AbortController().signal) {
  const began = performance.now();
  const completion = await host.model.complete(request, signal);
  if (completion.kind === "failed") throw new Error(completion.message);
  return { ...completion, wall: performance.now() - began };
}

/** Runs one request and gives its rate by the clock and by processor time, in tokens a second. */
async function rateOf(pid, run) {
  const before = processorMs(pid);
  const { generatedTokens, ms } = await run();
  return { generatedTokens, clock: (generatedTokens / ms) * 1000, processor: (generatedTokens / (processorMs(pid) - before)) * 1000 };
}

async function speed(host, bare, request) {
  const pairs = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const asked = request(SENTENCES[pair % SENTENCES.length]);
    const ours = () => rateOf(host.pid(), async () => answered(host, asked).then(({ generatedTokens, wall }) => ({ generatedTokens, ms: wall })));
    const theirs = () => rateOf(bare.pid, () => bare.ask("complete", { request: asked }));
    // Whoever is first may find the machine in another state.
    const first = pair % 2 === 0 ? await ours() : undefined;
    const other = await theirs();
    const mine = first ?? (await ours());
    if (mine.generatedTokens !== other.generatedTokens) throw new Error("Engine and library wrote a different number of tokens, so their times cannot be compared.");
    pairs.push({ mine, other });
  }
  const of = (pick) => median(pairs.map(pick));
  return {
    engine: of(({ mine }) => mine.clock), bare: of(({ other }) => other.clock), byClock: of(({ mine, other }) => mine.clock / other.clock),
    engineProcessor: of(({ mine }) => mine.processor), bareProcessor: of(({ other }) => other.processor), byProcessor: of(({ mine, other }) => mine.processor / other.processor),
  };
}

async function evaluated(host, request, grammarFor) {
  const parts = [];
  for (const sentence of SENTENCES) {
    const { evaluatedTokens, promptTokens } = await answered(host, { ...request(sentence), grammar: grammarFor(sentence), maxTokens: 24 });
    parts.push({ evaluatedTokens, promptTokens });
  }
  const later = parts.slice(1);
  return { tokens: median(later.map((part) => part.evaluatedTokens)), prompt: median(later.map((part) => part.promptTokens)), worst: Math.max(...later.map((part) => part.evaluatedTokens / part.promptTokens)) };
}

/** From the abort to the engine being free for the next sentence, next to the time of one batch, which cannot be stopped. */
async function aborts(host, request, batchMs) {
  const answers = [];
  const frees = [];
  for (const sentence of SENTENCES) {
    const abort = new AbortController();
    const open = host.model.complete({ ...request(sentence), maxTokens: 1200 }, abort.signal);
    while (host.state().kind !== "generating") await wait(1);
    await wait(200);
    const began = performance.now();
    abort.abort();
    await open;
    answers.push(performance.now() - began);
    while (host.state().kind !== "ready") await wait(1);
    frees.push(performance.now() - began);
  }
  return { answer: median(answers), free: median(frees), most: Math.max(...frees), batch: batchMs };
}

async function switching(host, bare, files, options) {
  const ours = [];
  const theirs = [];
  const names = Object.keys(files);
  let early = 0;
  for (let i = 0; i < SWITCHES; i += 1) {
    const name = names[i % names.length];
    ours.push(await loaded(host, files[name], `${name}-${i}`));
    if (i === 9) early = memoryOf(host.pid());
    if (i % 5 === 0) {
      theirs.push((await bare.ask("load", { path: files[name], ...options })).ms);
      await bare.ask("unload");
    }
  }
  return { first: early, last: memoryOf(host.pid()), ours: median(ours), theirs: median(theirs) };
}

/** What is loaded is the small real model, in turns with a generated one whose load takes no time to speak of. */
async function realSwitch(host, bare, real, tiny, options) {
  const clock = [];
  const processor = [];
  const timed = async (pid, run) => {
    const before = processorMs(pid);
    const began = performance.now();
    await run();
    return { ms: performance.now() - began, processor: processorMs(pid) - before };
  };
  for (let i = 0; i < 6; i += 1) {
    await loaded(host, tiny, `tiny-${i}`);
    const mine = await timed(host.pid(), () => loaded(host, real, `real-${i}`));
    const other = await timed(bare.pid, () => bare.ask("load", { path: real, ...options }));
    await bare.ask("unload");
    clock.push(mine.ms / other.ms);
    processor.push(mine.processor / other.processor);
  }
  return { clock: median(clock), processor: median(processor) };
}

async function measure() {
  const [{ forkChild }, { createEngineHost }, { promptFor }, { spanGrammar }, { realModel }, { writeTinyGguf }, { engineEnvironment }] = await sources(
    "electron/child/child.ts", "electron/engine/host.ts", "electron/agent/prompt.ts", "electron/agent/span-grammar.ts", "tests/engine/real-model.ts", "tests/engine/tiny-gguf.ts", "electron/engine/environment.ts",
  );
  const cache = join(root, ".cache");
  const real = await realModel(join(cache, "models"));
  if ("missing" in real) throw new Error(`Not measured: ${real.missing}.`);
  // One thread: two that share busy cores wait for each other, and then the wait is what would be measured.
  const options = { contextTokens: 2048, threads: 1 };
  const tiny = {
    llama: writeTinyGguf(join(cache, "tiny/llama-4x128.gguf"), { architecture: "llama", layers: 4, width: 128 }),
    moe: writeTinyGguf(join(cache, "tiny/gemma4-6x128.gguf"), { architecture: "gemma4", layers: 6, width: 128 }),
  };
  const engine = await bundle("electron/engine.ts");
  const host = createEngineHost({ spawn: () => forkChild(engine, engineEnvironment()), onState: () => undefined, idleMinutes: 1440, load: { backends: ["cpu"], ...options } });
  const bare = await startBare(await bundle("electron/engine/llama/chat.ts"));
  const request = (sentence) => ({ ...promptFor(sentence), grammar: GRAMMAR, maxTokens: TOKENS, timeoutMs: 600_000 });
  const figures = [];
  const add = (name, value, unit, wanted) => {
    figures.push({ name, value, unit, wanted });
    console.log(`${name.padEnd(66)} ${(unit === "" ? value.toFixed(3) : value < 10 ? value.toFixed(1) : Math.round(value).toString()).padStart(8)} ${unit.padEnd(8)} ${wanted}`);
  };
  try {
    await host.hardware();
    await wait(1000);
    add("engine process before any model", memoryOf(host.pid()) / 1e6, "MB", "");
    await loaded(host, real.path, "real");
    await bare.ask("load", { path: real.path, ...options });
    const warm = request("a sentence to begin with");
    const first = await answered(host, warm);
    await bare.ask("complete", { request: warm });
    const rate = await speed(host, bare, request);
    add("tokens a second through the engine", rate.engine, "tokens/s", "");
    add("tokens a second, library alone", rate.bare, "tokens/s", "");
    add("through the engine ÷ library alone, by the clock", rate.byClock, "", "wanted ≥ 0.97 on a quiet machine");
    add("tokens a second of processor time through the engine", rate.engineProcessor, "tokens/s", "");
    add("tokens a second of processor time, library alone", rate.bareProcessor, "tokens/s", "");
    add("through the engine ÷ library alone, by processor time", rate.byProcessor, "", "wanted ≥ 0.97");
    const part = await evaluated(host, request, (sentence) => spanGrammar(sentence).gbnf);
    add("tokens of a prompt", part.prompt, "tokens", "");
    add("tokens read for a sentence after the first, median", part.tokens, "tokens", "");
    add("the same ÷ the prompt, worst sentence", part.worst, "", "wanted ≤ 0.15");
    const abort = await aborts(host, request, ((first.ms - (TOKENS * 1000) / rate.engine) / first.promptTokens) * 256);
    add("abort → answer", abort.answer, "ms", "wanted ≤ 150 after the batch");
    add("abort → engine free, median", abort.free, "ms", "");
    add("abort → engine free, most", abort.most, "ms", `one batch of 256 tokens: about ${Math.round(abort.batch)} ms`);
    await bare.ask("unload");
    const change = await realSwitch(host, bare, real.path, tiny.llama, options);
    add("switch to the real model ÷ library alone loading it, by the clock", change.clock, "", "wanted ≤ 1.05 on a quiet machine");
    add("the same, by processor time", change.processor, "", "wanted ≤ 1.05");
    const switches = await switching(host, bare, tiny, options);
    add(`memory after ${SWITCHES} switches ÷ after 10`, switches.last / switches.first, "", "wanted ≤ 1.02");
    add("switch between small generated models", switches.ours, "ms", `library alone: ${Math.round(switches.theirs)} ms`);
    await host.unload();
    await wait(1000);
    add("engine process after the model left", memoryOf(host.pid()) / 1e6, "MB", "");
  } finally {
    await host.stop();
    bare.stop();
  }
  return figures;
}

const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? "", node: process.version };
console.log(`${machine.cores} cores, ${machine.cpu}`);
const figures = await measure();
mkdirSync(join(root, "reports"), { recursive: true });
writeFileSync(join(root, "reports/bench-engine.json"), `${JSON.stringify({ machine, figures }, undefined, 2)}\n`);
console.log(JSON.stringify({ machine, figures }));
process.exit(0);
