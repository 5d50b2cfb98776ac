import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { fileURLToPath } from "node:url";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/*
 * One build makes everything that runs: the app's main process, the two helper processes, the terminal program, the preload and the pages.
 * node-llama-cpp and keytar stay outside the bundles: both look for their native files beside their own sources.
 */
export default defineConfig({
  main: {
    build: {
      outDir: at("dist/main"),
      // Electron 33 (test runtime) and Node 20 (terminal program) both have to run this output.
      target: "node20.18",
      minify: false,
      externalizeDeps: true,
      rollupOptions: {
        input: { main: at("electron/main.ts"), engine: at("electron/engine.ts"), keychain: at("electron/keychain.ts"), cli: at("electron/cli.ts") },
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: at("dist/preload"),
      target: "node20.18",
      // A sandboxed preload can only be one CommonJS file.
      rollupOptions: { input: { preload: at("electron/preload.ts") }, output: { format: "cjs", entryFileNames: "[name].cjs" } },
    },
  },
  renderer: {
    root: at("renderer"),
    plugins: [react()],
    build: {
      outDir: at("dist/renderer"),
      target: "chrome130",
      // Inlined assets would need `data:` in the content security policy.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: {
          "quick-entry": at("renderer/quick-entry/index.html"),
          settings: at("renderer/settings/index.html"),
          models: at("renderer/models/index.html"),
          history: at("renderer/history/index.html"),
        },
      },
    },
  },
});
