import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The add-on of this folder, as experts.c describes it. Only these three calls exist. */
interface AddOn {
  readonly release: string;
  readonly source: string;
  attach(release: string): string;
  arm(path: string, pattern: string): number;
  disarm(id: number): number;
}

/** Keeps experts in system memory while a model is loaded; nothing stays of it afterwards. */
export interface Experts {
  /**
   * Runs `load` for the file at `path`, an absolute path exactly as the library is given it, with the experts of the first `layers`
   * layers in system memory. `applied` is false when the load did not come by; its experts are then where its layers are. The file
   * must not be mapped into memory, and only one such load of it may run at a time.
   */
  keepInMemory<T>(path: string, layers: number, load: () => Promise<T>): Promise<{ readonly value: T; readonly applied: boolean }>;
}

export type FoundExperts = { readonly kind: "ready"; readonly experts: Experts } | { readonly kind: "missing"; readonly reason: string };

const REASONS: Readonly<Record<string, string>> = {
  release: "it is made for another version of the model library",
  layout: "the model library is built differently than expected",
  symbol: "a function of the model library was not found",
  protected: "the system does not allow it",
  "no-addon": "the model library was not found in this process",
  "too-many": "too many versions of the model library are in this process",
};

/** Where the copy for this computer lies: beside the sources, or the same path inside the packed app, up to four folders above a bundle. */
function addOnFile(platform: string, above: string): string | undefined {
  const name = `${platform}.node`;
  let folder = above;
  for (let i = 0; i < 5; i += 1) {
    const file = join(folder, i === 0 ? "prebuilt" : "electron/engine/llama/experts/prebuilt", name);
    if (existsSync(file)) return file;
    folder = dirname(folder);
  }
  return undefined;
}

/**
 * Makes the add-on stand in front of the library's loading, once the library itself is loaded. `release` is the llama.cpp that the library
 * says it carries. Refuses, with a reason that may be shown, whatever is not exactly what it was built for.
 */
export function findExperts(release: string, platform: string = `${process.platform}-${process.arch}`): FoundExperts {
  const file = addOnFile(platform, dirname(fileURLToPath(import.meta.url)));
  if (file === undefined) return missing("there is no build of it for this kind of computer");
  try {
    const addOn = createRequire(import.meta.url)(file) as AddOn;
    const refused = addOn.attach(release);
    if (refused !== "") return missing(REASONS[refused] ?? "it does not fit this computer");
    return { kind: "ready", experts: { keepInMemory: (path, layers, load) => keepInMemory(addOn, path, layers, load) } };
  } catch {
    return missing("the system does not load it");
  }
}

function missing(why: string): FoundExperts {
  return { kind: "missing", reason: `Experts cannot be kept in system memory here: ${why}.` };
}

async function keepInMemory<T>(addOn: AddOn, path: string, layers: number, load: () => Promise<T>): Promise<{ value: T; applied: boolean }> {
  const id = addOn.arm(path, expertPattern(layers));
  try {
    const value = await load();
    return { value, applied: id !== 0 && addOn.disarm(id) > 0 };
  } finally {
    // Answers -1 when it is disarmed already.
    if (id !== 0) addOn.disarm(id);
  }
}

/** llama.cpp's own pattern for expert tensors, for the first `layers` layers by name. The experts every token takes (`shexp`, plain `ffn_up`) are not meant. */
export function expertPattern(layers: number): string {
  return `^blk\\.(${Array.from({ length: layers }, (_, i) => i).join("|")})\\.ffn_(up|down|gate|gate_up)_(ch|)exps`;
}
