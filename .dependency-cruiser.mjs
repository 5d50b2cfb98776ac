/** Who may import whom: the table of docs/architecture.md, kept by a tool. build/check.mjs also asserts that modules were really read. */
const inside = (folder) => `^${folder}/`;
const test = "\\.test\\.tsx?$";
export default {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: ["\\.d\\.ts$", "(^|/)tsconfig", "\\.json$", "\\.config\\.", "\\.css$", test] },
      to: {},
    },
    {
      name: "core-is-pure",
      comment: "core is deterministic: luxon (time.ts only), fuse.js (projects only), zod and itself",
      severity: "error",
      from: { path: inside("electron/core"), pathNot: test },
      to: { pathNot: ["^electron/core/", "^node_modules/(luxon|fuse\\.js|zod|@types/luxon)/"] },
    },
    { name: "one-door-luxon", severity: "error", from: { path: "^(electron|models|evals|renderer)/", pathNot: ["^electron/core/time\\.ts$", test] }, to: { path: "^node_modules/(@types/)?luxon/" } },
    { name: "one-door-fuse", severity: "error", from: { path: "^(electron|models|evals|renderer)/", pathNot: ["^electron/core/projects", test] }, to: { path: "^node_modules/fuse\\.js/" } },
    {
      name: "agent-sees-core-only",
      severity: "error",
      from: { path: inside("electron/agent"), pathNot: test },
      to: { pathNot: ["^electron/(core|agent)/", "^node_modules/zod/"] },
    },
    {
      name: "measure-sees-core-and-agent-only",
      comment: "measuring a model can write nothing: no client, outbox, journal, settings or file can be reached from it, by any way",
      severity: "error",
      from: { path: inside("electron/measure"), pathNot: [test, "/test-accounts\\.ts$"] },
      to: { pathNot: ["^electron/(core|agent|measure)/"] },
    },
    {
      name: "nothing-that-writes-is-reachable-from-measure",
      severity: "error",
      from: { path: inside("electron/measure"), pathNot: [test, "/test-accounts\\.ts$"] },
      to: { path: "^(electron/(account|app|cli|engine|harvest|outbox|secrets|settings|shell|child|ipc)/|models/|node_modules/electron/)|^(node:)?(fs|net|http|https|child_process)(/|$)", reachable: true },
    },
    {
      name: "contract-sees-core-only",
      severity: "error",
      from: { path: "^electron/ipc/contract" },
      to: { pathNot: ["^electron/core/", "^electron/ipc/contract", "^node_modules/zod/"] },
    },
    {
      name: "renderer-sees-contract-only",
      severity: "error",
      from: { path: "^renderer/" },
      to: { path: ["^(electron|models|evals)/", "^node_modules/(electron|node-llama-cpp|keytar|luxon|fuse\\.js|zod)/"], pathNot: "^electron/ipc/contract" },
    },
    {
      name: "renderer-takes-contract-as-types",
      severity: "error",
      from: { path: "^renderer/", pathNot: test },
      to: { path: "^electron/ipc/contract", dependencyTypesNot: ["type-only"] },
    },
    { name: "renderer-has-no-node", severity: "error", from: { path: "^renderer/", pathNot: test }, to: { dependencyTypes: ["core"] } },
    {
      name: "pages-never-import-each-other",
      severity: "error",
      from: { path: "^renderer/(quick-entry|models|settings|history)/" },
      to: { path: "^renderer/(quick-entry|models|settings|history)/", pathNot: "^renderer/$1/" },
    },
    { name: "models-stand-alone", severity: "error", from: { path: "^models/" }, to: { path: "^(electron|renderer|evals)/" } },
    {
      name: "only-the-shell-touches-electron",
      severity: "error",
      from: { path: "^(electron|models|evals)/", pathNot: ["^electron/(main|preload)\\.ts$", "^electron/(shell|ipc)/"] },
      to: { path: "^node_modules/electron/" },
    },
    { name: "one-door-llama", severity: "error", from: { path: "^(electron|models|evals|renderer)/", pathNot: "^electron/engine/llama/" }, to: { path: "^node_modules/node-llama-cpp/" } },
    { name: "one-door-keytar", severity: "error", from: { pathNot: "^electron/secrets/keychain\\.ts$" }, to: { path: "^node_modules/keytar/" } },
    { name: "product-never-imports-evals", severity: "error", from: { path: "^(electron|renderer|models)/" }, to: { path: "^(evals|tests|build)/" } },
    { name: "evals-see-no-pages", severity: "error", from: { path: "^evals/" }, to: { path: "^(renderer|electron/shell|tests|build)/" } },
    {
      name: "adapters-do-not-know-each-other",
      severity: "error",
      from: { path: "^electron/(harvest|outbox|secrets|settings|engine)/", pathNot: test },
      to: { path: "^electron/(harvest|outbox|secrets|settings|engine|shell|account|cli)/", pathNot: "^electron/$1/" },
    },
    { name: "terminal-and-account-never-touch-the-shell", severity: "error", from: { path: "^electron/(account|cli)/" }, to: { path: "^(electron/shell/|node_modules/electron/)" } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^electron$" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|release|\\.types)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js", ".json"], exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
