/** `npm run bench [-- app|core|engine|outbox]`: figures of one part, printed and kept in reports/. Each part is a file of build/bench. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/run.mjs";

const folder = join(root, "build/bench");
const parts = readdirSync(folder).filter((name) => name.endsWith(".mjs")).map((name) => name.slice(0, -4)).toSorted();
const [part = "app"] = process.argv.slice(2);
if (parts.includes(part)) await import(join(folder, `${part}.mjs`));
else {
  console.error(`There is no bench "${part}". There are: ${parts.join(", ")}.`);
  process.exitCode = 2;
}
