import type { Completion, LanguageModel } from "../../electron/agent/model.ts";
import { createDesk, type Desk } from "../../electron/account/desk.ts";
import type { Pin, Question } from "../../electron/core/outcome.ts";
import { answerWith } from "../../electron/core/reply.ts";
import type { weigh } from "../../electron/core/weigh.ts";
import type { ReadingView } from "../../electron/ipc/contract.ts";
import type { World } from "../world.ts";
import { NO_COST, type Cost, type Said, type Saved, type Talk, type Trace } from "./agent.ts";

/** How often an outbox that waits is asked to send again before the trial ends; faults of a case last a request or two. */
const FLUSHES = 5;

/** The engine failed, not the model: its process ended, or it could not be asked at all. Too slow is the model's own. */
const isBroken = ({ code }: Extract<Completion, { kind: "failed" }>): boolean => code !== "timeout" && code !== "cancelled";

/** A model whose tokens are counted. A broken engine is thrown: the trial is an error, and no answer of the model's. */
export function metered(model: LanguageModel): { readonly model: LanguageModel; readonly cost: () => Cost } {
  let cost = NO_COST;
  return {
    cost: () => cost,
    model: {
      ...model,
      complete: async (request, cancel) => {
        const completion = await model.complete(request, cancel);
        if (completion.kind === "failed" && isBroken(completion)) throw new Error(`The engine: ${completion.message}`);
        if (completion.kind === "text") {
          const { promptTokens, evaluatedTokens, generatedTokens } = completion;
          cost = { promptTokens: cost.promptTokens + promptTokens, evaluatedTokens: cost.evaluatedTokens + evaluatedTokens, generatedTokens: cost.generatedTokens + generatedTokens };
        }
        return completion;
      },
    },
  };
}

/** A port with nothing behind it: what the product has when no model is chosen. */
export const noModel: LanguageModel = { complete: () => Promise.resolve({ kind: "failed", code: "no-model", message: "No model is chosen." }) };

function wordsOf(view: ReadingView): string {
  return JSON.stringify(view);
}

/** An outbox that could not send at once is asked again until it has, or has given up. */
export async function settled(world: World, message: string): Promise<Saved> {
  for (let round = 0; round < FLUSHES; round += 1) if ((await world.timesheet.flush()).waiting === 0) break;
  await world.timesheet.refresh();
  const [newest] = await world.timesheet.history(1);
  return { kind: newest?.state === "saved" ? "saved" : "refused", shown: newest?.message ?? message };
}

async function confirmed(world: World, desk: Desk, text: string, pins: readonly Pin[], digest: string): Promise<Saved> {
  const result = await desk.commit({ text, pins, digest, skip: [] });
  if (result.kind === "changed") return { kind: "refused", shown: wordsOf(result.view) };
  if (result.kind === "failed") return { kind: "refused", shown: result.message };
  if (!result.receipt.queued) return { kind: "saved", shown: `${result.receipt.text} ${result.receipt.day}` };
  return settled(world, result.receipt.text);
}

interface Open {
  readonly text: string;
  readonly pins: readonly Pin[];
  readonly question: Question;
}

/** How a talk differs from the product as it is; nothing of it in the product. */
export interface Ablation {
  /** Questions that a machine answers with their first option, so that the user never sees them. */
  readonly takes?: ((question: Question) => boolean) | undefined;
  /** How a reading is made of what the model heard, in place of the product's way. */
  readonly weighed?: typeof weigh | undefined;
  /** The sentence that is read in place of what was said; `ask` puts one to the model. */
  readonly restate?: ((text: string, ask: (text: string) => Promise<unknown>) => Promise<string>) | undefined;
}

/** More answers than this to one sentence are one question over and over. */
const MOST_TAKEN = 12;

const marksOf = ({ marks }: ReadingView): Trace["marks"] => marks.map(({ start, end, role }) => ({ start, end, role }));

/**
 * A talk with the product itself: the desk that the app and the terminal use, its reading, questions, replies, outbox and undo.
 * `think`: a sentence that the rules cannot claim goes to the model.
 */
export function talkWithProduct(world: World, model: LanguageModel, think: boolean, { takes, restate, weighed }: Ablation = {}): Talk {
  const meter = metered(model);
  const desk = createDesk({ timesheet: () => world.timesheet, model: meter.model, hasModel: () => think, ...(weighed ? { weighed } : {}) });
  const held: { open: Open | undefined; asked: boolean } = { open: undefined, asked: false };

  const look = (text: string, pins: readonly Pin[], note = "", taken = 0): Said => {
    const { reading, by, confidence = 1 } = desk.read(text, pins);
    const view = desk.view(text, pins);
    const shown = note + wordsOf(view);
    const { outcome } = reading;
    const trace: Trace = { text, by, marks: marksOf(view), operations: "operations" in outcome ? outcome.operations : [], because: reading.because, asked: held.asked, confidence };
    held.open = outcome.kind === "question" ? { text, pins, question: outcome.question } : undefined;
    switch (outcome.kind) {
      case "proposal":
        return { kind: "proposal", operations: outcome.operations, shown, by, trace, confirm: () => confirmed(world, desk, text, pins, view.digest) };
      case "question": {
        if (takes?.(outcome.question) === true) {
          const [first] = outcome.question.options;
          return first && taken < MOST_TAKEN ? look(text, [...pins, ...first.pins], note, taken + 1) : { kind: "refusal", shown, trace };
        }
        return { kind: "question", about: outcome.question.about, options: outcome.question.options.map(({ label, detail }) => (detail ? `${label} (${detail})` : label)), shown, trace };
      }
      case "answer":
        return { kind: "answer", shown: `${outcome.text} ${outcome.rows.map((row) => `${row.label} ${row.hours}`).join(" ")} ${outcome.hours ?? ""}`, trace };
      case "refusal":
      case "nothing":
      case "needs-model":
        return { kind: outcome.kind, shown, trace };
    }
  };

  return {
    say: async (said) => {
      held.asked = false;
      const first = look(said, []);
      if (!think || first.kind !== "needs-model") return first;
      held.asked = true;
      const ask = (text: string): Promise<ReadingView> => desk.think(text, [], new AbortController().signal);
      const text = restate ? await restate(said, ask) : said;
      return look(text, [], (await ask(text)).modelNote);
    },
    answer: (reply) => {
      const { open } = held;
      if (!open) return Promise.resolve({ kind: "refusal", shown: "No question is open." });
      const picked = typeof reply === "number" ? open.question.options[reply]?.pins : undefined;
      const pins = picked ? [...open.pins, ...picked] : answerWith(open.text, world.timesheet.facts(), open.pins, open.question, String(reply));
      return Promise.resolve(look(open.text, pins ?? open.pins));
    },
    undo: async () => {
      const said = await desk.undo();
      return { kind: said.ok ? "saved" : "refusal", shown: said.message };
    },
    cost: meter.cost,
  };
}
