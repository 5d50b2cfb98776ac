/** The mutants of the core, all in one script: which of them is at work is a number that the script is told, so that trying one costs no build. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInstrumenter } from "@stryker-mutator/instrumenter";
import { build } from "vite";
import { root } from "../lib/run.mjs";
import { sentences } from "./sentences.mjs";

const CORE = join(root, "electron/core");
const CHECKED = /^(?:dates.*|date-meaning|clock|lengths|numbers|hours|projects.*|project-runs|resolve-project)\.ts$/;
const ENTRY = "mutation-entry";

const isTest = (name) => name.endsWith(".test.ts");

/** The names of the checked files, without folder and ending. */
export const checkedFiles = () => readdirSync(CORE).filter((name) => CHECKED.test(name) && !isTest(name)).map((name) => basename(name, ".ts"));

/** Only tests that do the same on every run count: the laws draw their values anew. */
const countingTests = () => readdirSync(CORE).filter((name) => isTest(name) && !name.endsWith(".property.test.ts"));

/** The instrumenter expects to be put together by an injector; this one knows the little it asks for. */
function ownInstrumenter() {
  const silent = () => {};
  const values = { logger: { debug: silent, info: silent, warn: console.warn, error: console.error, isDebugEnabled: () => false } };
  const injector = {
    provideValue(name, value) {
      values[name] = value;
      return injector;
    },
    injectClass: (Class) => new Class(...Class.inject.map((name) => values[name])),
  };
  return createInstrumenter(injector);
}

/** Bundles the tests with the instrumented sources; packages stay `require` calls. */
async function bundleTests(instrumented) {
  const plugin = {
    name: "mutation",
    resolveId: (id) => (id === ENTRY ? id : undefined),
    load: (id) => (id === ENTRY ? countingTests().map((name) => `import ${JSON.stringify(join(CORE, name))};`).join("\n") : instrumented.get(id)),
  };
  const { output } = await build({
    root, configFile: false, logLevel: "error", plugins: [plugin],
    build: { ssr: true, write: false, target: "node20", minify: false, rollupOptions: { input: ENTRY, output: { format: "cjs" } } },
  });
  return output[0].code;
}

const ASKED = /stryMutAct_9fa48\("(\d+)"\)/g;
const COVERED = /stryCov_9fa48\(([^)]*)\)/g;

/** A script that is a function, with names that no source has; whether a mutant is at work is a comparison of two numbers, for it is asked at every step of the code. */
const asFunction = (body) => `(function (require, $host, $active = -1, $most = 0) {
const [module, exports] = [{}, {}];
let $passed = 0;
const $works = () => { $passed += 1; if ($passed > $most) throw new Error("endless"); return true; };
$host.activate = (id, most) => { [$active, $passed, $most] = [id, 0, most]; };
${body}
})`;

/**
 * Mutants of the named files (all without names), and two scripts of tests and code: `covering` tells `host.cover` the mutants that are passed, `mutating` has
 * the one at work that it is loaded with, or that `host.activate(id, limit)` puts there, and throws where that is passed more often than the limit.
 */
export async function mutantsOf(names) {
  const files = checkedFiles().filter((name) => names.length === 0 || names.includes(name)).map((name) => {
    const path = join(CORE, `${name}.ts`);
    return { name: path, mutate: true, content: readFileSync(path, "utf8") };
  });
  // The types ask for "?." wherever a list is looked into, also where something is known to be there: without it nothing changes.
  const result = await ownInstrumenter().instrument(files, { plugins: null, excludedMutations: ["OptionalChaining"], ignorers: [sentences], noHeader: true });
  const code = await bundleTests(new Map(result.files.map((file) => [file.name, `// @ts-nocheck\n${file.content}`])));
  return {
    covering: asFunction(code.replaceAll(ASKED, "false").replaceAll(COVERED, (_, ids) => `$host.cover(${ids.replaceAll('"', "")})`)),
    mutating: asFunction(code.replaceAll(ASKED, "($$active === $1 && $$works())").replaceAll(COVERED, "0")),
    mutants: result.mutants.map((mutant) => {
      const { content } = files.find((file) => file.name === mutant.fileName);
      return { id: Number(mutant.id), file: basename(mutant.fileName, ".ts"), place: mutant.location.start, original: between(content, mutant.location), replacement: mutant.replacement, ignored: mutant.status === "Ignored" };
    }),
  };
}

function between(content, { start, end }) {
  const lines = content.split("\n").slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column);
  lines[0] = lines[0].slice(start.column);
  return lines.join("\n");
}
