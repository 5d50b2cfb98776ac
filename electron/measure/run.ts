import type { Cancel } from "../agent/model.ts";
import type { Outcome } from "../core/outcome.ts";
import { read } from "../core/read.ts";
import { weigh } from "../core/weigh.ts";
import type { MeasuredAccount } from "./account.ts";
import type { ShortCase } from "./case.ts";
import { CASES, SUITE } from "./cases.ts";
import type { Hears } from "./hear.ts";
import { verdictOn, type Verdict } from "./judge.ts";
import { prepare, type PreparedCase } from "./prepare.ts";

/** One sentence and how it ended. `asked`: the model was asked; `harmed`: a change was shown that is not the right one; `own`: all names in it are the user's. */
export interface MeasuredRow {
  readonly id: string;
  readonly text: string;
  readonly verdict: Verdict;
  readonly harmed: boolean;
  readonly outcome: Outcome["kind"] | "unusable";
  readonly asked: boolean;
  readonly own: boolean;
  readonly ms: number;
}

/** A whole run: sentences by how they ended. `spare`: sentences that needed names which are not the user's. */
export interface ShortFormResult {
  readonly suite: string;
  readonly cases: number;
  readonly right: number;
  readonly asked: number;
  readonly wrong: number;
  readonly failed: number;
  readonly harmed: number;
  readonly spare: number;
  readonly rows: readonly MeasuredRow[];
}

export interface MeasuringProgress {
  readonly done: number;
  readonly total: number;
  /** Undefined until a sentence or two can be judged by. */
  readonly secondsLeft: number | undefined;
}

/** `stopped`: somebody stopped it; `failed`: the model could not be asked, `message` says why. Neither is a result. */
export type ShortFormEnd = { readonly kind: "measured"; readonly result: ShortFormResult } | { readonly kind: "stopped" } | { readonly kind: "failed"; readonly message: string };

export interface ShortFormOptions {
  /** From `accountsFor`. */
  readonly accounts: readonly MeasuredAccount[];
  readonly hears: Hears;
  readonly cancel: Cancel;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  readonly onProgress?: ((progress: MeasuringProgress) => void) | undefined;
  readonly cases?: readonly ShortCase[] | undefined;
}

/** As often is a sentence said for which the model could not be asked. */
const TRIES = 2;

type Said = { readonly kind: "said"; readonly outcome: Outcome | undefined } | { readonly kind: "stopped" } | { readonly kind: "failed"; readonly message: string };

/** One sentence from words to outcome as the product reads it: by rules, and by the model where they cannot claim it. */
async function say(prepared: PreparedCase, { hears, cancel }: ShortFormOptions): Promise<Said> {
  const { text, facts } = prepared;
  const ruled = read(text, facts).outcome;
  if (ruled.kind !== "needs-model") return { kind: "said", outcome: ruled };
  for (let tries = 1; ; ) {
    const heard = await hears(text, facts, cancel);
    if (cancel.aborted) return { kind: "stopped" };
    if (heard.kind === "heard") return { kind: "said", outcome: weigh(text, heard.intent, facts).outcome };
    if (heard.kind === "unusable") return { kind: "said", outcome: undefined };
    if (heard.kind === "interrupted") continue;
    if (tries === TRIES) return { kind: "failed", message: heard.message };
    tries += 1;
  }
}

function rowOf({ id, text, expected, asks, own }: PreparedCase, outcome: Outcome | undefined, ms: number): MeasuredRow {
  const verdict = verdictOn(outcome, expected);
  return { id, text, verdict, harmed: verdict === "wrong" && outcome?.kind === "proposal", outcome: outcome?.kind ?? "unusable", asked: asks, own, ms };
}

function resultOf(rows: readonly MeasuredRow[]): ShortFormResult {
  const count = (fits: (row: MeasuredRow) => boolean): number => rows.filter(fits).length;
  const of = (verdict: Verdict): number => count((row) => row.verdict === verdict);
  return { suite: SUITE, cases: rows.length, right: of("right"), asked: of("asked"), wrong: of("wrong"), failed: of("failed"), harmed: count((row) => row.harmed), spare: count((row) => !row.own), rows };
}

/** Says all sentences, one after the other, and counts how they end. Reaches no account: what it is given is all that it knows. */
export async function runShortForm(options: ShortFormOptions): Promise<ShortFormEnd> {
  const { accounts, cancel, now, onProgress, cases = CASES } = options;
  const rows: MeasuredRow[] = [];
  const tell = (): void => {
    // The first sentence that the model is asked waits for the model to be loaded: nothing can be told by it.
    const first = rows.find((row) => row.asked);
    const judged = rows.filter((row) => row !== first);
    const each = judged.reduce((sum, row) => sum + row.ms, 0) / 1000 / Math.max(1, judged.length);
    const isKnown = judged.filter((row) => row.asked).length > 1;
    onProgress?.({ done: rows.length, total: cases.length, secondsLeft: isKnown ? each * (cases.length - rows.length) : undefined });
  };
  tell();
  for (const [turn, short] of cases.entries()) {
    if (cancel.aborted) return { kind: "stopped" };
    const prepared = prepare(short, turn, accounts);
    const began = now();
    const said = await say(prepared, options);
    if (said.kind !== "said") return said;
    rows.push(rowOf(prepared, said.outcome, now() - began));
    tell();
  }
  return { kind: "measured", result: resultOf(rows) };
}
