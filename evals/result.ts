import type { Trace } from "./agents/agent.ts";
import type { CaseOutcome, Expectation } from "./case.ts";
import type { StateDiff } from "./diff.ts";
import type { Harm, Label } from "./score.ts";
import type { Rate } from "./statistics.ts";
import type { Call } from "./world.ts";

/** One trial as it is reported: a line of the results file. Fields are added, never changed. */
export interface ResultRow {
  readonly id: string;
  /** The case that a variant was made from. */
  readonly base: string;
  readonly variant: string;
  readonly dimension: string;
  readonly by: "rules" | "model";
  readonly source?: string | undefined;
  readonly agent: string;
  readonly trial: number;
  readonly outcome: CaseOutcome | "error";
  readonly about?: string | undefined;
  readonly success: boolean;
  readonly harm: boolean;
  readonly harms: readonly Harm[];
  readonly label: Label;
  readonly diff: StateDiff;
  readonly calls: readonly Call[];
  readonly asked: number;
  readonly ms: number;
  readonly promptTokens: number;
  readonly evaluatedTokens: number;
  readonly generatedTokens: number;
  readonly said: readonly string[];
  /** How the last sentence was read. */
  readonly trace?: Trace | undefined;
  readonly expect: Expectation;
  /** What the user saw last, shortened. */
  readonly shown: string;
  readonly error?: string | undefined;
}

export interface Summary {
  readonly agent: string;
  readonly user: string;
  readonly command: string;
  readonly about: Readonly<Record<string, string | number>>;
  readonly cases: number;
  readonly trials: number;
  readonly problems: readonly { readonly file: string; readonly line: number; readonly message: string }[];
  readonly success: Rate;
  readonly harm: Rate;
  /** Success on cases that the rules alone should reach. */
  readonly byRules: Rate;
  /** Success on sentences that say everything and add entries only. */
  readonly plainAdds: Rate;
  /** Questions and refusals: the right kind of answer, about the right slot. */
  readonly asks: Rate;
  readonly overAsk: Rate;
  readonly utility: number;
  readonly harms: Readonly<Partial<Record<Harm, number>>>;
  readonly labels: Readonly<Partial<Record<Label, number>>>;
  /** Who read the sentence of each trial that did not succeed: the rules are code, so only "model" is the model's. */
  readonly failures: Readonly<Partial<Record<"rules" | "model" | "harness" | "other", number>>>;
  readonly pass1: number | undefined;
  readonly pass4: number | undefined;
  /** Variants whose success differs from their base case's, by kind. */
  readonly flips: Readonly<Record<string, Rate>>;
  readonly dimensions: Readonly<Record<string, { readonly success: Rate; readonly harm: Rate }>>;
  readonly cost: { readonly ms50: number; readonly ms95: number; readonly evaluatedTokens: number; readonly generatedTokens: number };
  readonly seconds: number;
}

export interface ResultFile {
  readonly summary: Summary;
  readonly rows: readonly ResultRow[];
}
