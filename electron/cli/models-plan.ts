import { expectedShape, readCatalogue } from "../../models/catalogue.ts";
import { planFit } from "../../models/fit.ts";
import type { FitPlan } from "../../models/fit.ts";
import { readGguf } from "../../models/gguf.ts";
import { readHardware } from "../../models/hardware.ts";
import type { Place } from "../../models/memory.ts";
import type { ModelShape } from "../../models/shape.ts";
import type { Foundation } from "../app/foundation.ts";
import type { Arguments } from "./arguments.ts";
import { COULD_NOT, DONE, WRONG_USAGE, type ExitCode, type Terminal } from "./terminal.ts";

const units: Record<string, number> = { "": 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 };

/** "12GiB", "11.5 GB", "8000MiB" in bytes; undefined when it is not a size. */
export function bytesOfText(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s?([a-z]*)$/i.exec(text.trim());
  const unit = match?.[2] === undefined ? undefined : units[match[2].toLowerCase()];
  return match?.[1] === undefined || unit === undefined ? undefined : Math.round(Number(match[1]) * unit);
}

interface Asked {
  readonly vramTotal: number;
  readonly vramFree: number;
  readonly ramFree: number;
  readonly contextSize: number;
  readonly batchSize: number;
}

/** What to plan for: as it was said, and as this computer is where nothing was. Undefined when something said is no size. */
async function askedFor({ vram, free, ram, context, batch }: Arguments): Promise<Asked | undefined> {
  const here = await readHardware();
  const size = (text: string | undefined, otherwise: number): number => (text === undefined ? otherwise : (bytesOfText(text) ?? Number.NaN));
  const vramTotal = size(vram, size(free, here.card?.total ?? 0));
  // A card that was only named has nothing else on it.
  const vramFree = size(free, vram === undefined ? (here.card?.free ?? 0) : vramTotal);
  const asked = { vramTotal, vramFree, ramFree: size(ram, here.ramFree), contextSize: Number(context ?? 4096), batchSize: Number(batch ?? 512) };
  const isWhole = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;
  const isRight = Object.values(asked).every((value) => Number.isFinite(value)) && isWhole(asked.contextSize, 256) && isWhole(asked.batchSize, 1);
  return isRight && vramFree <= vramTotal ? asked : undefined;
}

interface Known {
  readonly name: string;
  readonly source: "file" | "catalogue";
  readonly shape: ModelShape;
}

/** The model's own file when it is on this computer, what the catalogue knows otherwise; a sentence when it is neither. */
async function shapeOfModel(id: string, foundation: Foundation): Promise<Known | string> {
  const stored = await foundation.models.stored(id);
  const entry = readCatalogue().find((model) => model.id === id);
  const reading = stored === undefined ? undefined : await readGguf(stored.path);
  if (stored !== undefined && reading?.kind === "ok") return { name: stored.name, source: "file", shape: reading.facts };
  if (entry !== undefined) return { name: entry.name, source: "catalogue", shape: expectedShape(entry) };
  return reading === undefined || reading.kind === "ok" ? `There is no model called ${id}.` : reading.message;
}

/** `stint models plan ID`: where a model's parts would go, with or without its file on this computer. */
export async function planModel(id: string, given: Arguments, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const asked = await askedFor(given);
  if (asked === undefined) {
    terminal.say("Sizes are written like 12GiB, the context as a number of tokens from 256; no more memory can be free than there is.");
    return WRONG_USAGE;
  }
  const known = await shapeOfModel(id, foundation);
  if (typeof known === "string") {
    terminal.say(known);
    return COULD_NOT;
  }
  const plan = planFit(known.shape, asked);
  if (given.json) terminal.json({ id, name: known.name, source: known.source, vramTotal: asked.vramTotal, ...plan });
  else for (const line of planLines(known, plan)) terminal.out(line);
  return DONE;
}

/** A plan as a person reads it: the sentence, where every part goes, and how fast it may be. */
export function planLines({ name, source }: Pick<Known, "name" | "source">, plan: FitPlan): readonly string[] {
  const { vram, ram } = plan.memory;
  const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(2)} GB`.padStart(12);
  const row = (label: string, part: keyof Place): string => `  ${label.padEnd(22)}${plan.gpuLayers > 0 ? gib(vram[part]) : ""}${gib(ram[part])}`;
  const { low, high, basis } = plan.speed;
  return [
    `${name}: ${plan.sentence}`,
    `  ${"".padEnd(22)}${plan.gpuLayers > 0 ? "graphics".padStart(12) : ""}${"memory".padStart(12)}`,
    row("weights", "weights"),
    row(`${plan.contextSize} tokens (${plan.kvType})`, "cache"),
    row(`a batch of ${plan.batchSize}`, "compute"),
    row("kept free", "overhead"),
    row("together", "total"),
    `  ${low}-${high} tokens a second: ${basis}.`,
    ...(source === "catalogue" ? ["  Computed from the model's dimensions: its file is not on this computer."] : []),
  ];
}
