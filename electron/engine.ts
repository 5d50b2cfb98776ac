import { parentLine } from "./child/child.ts";
import { createLlama } from "./engine/llama/llama.ts";
import { serveEngine } from "./engine/server.ts";

/** The engine process: holds the model, so that nothing it does can hurt the app. Started by the app, the terminal program or a test. */
serveEngine(parentLine(), createLlama());
