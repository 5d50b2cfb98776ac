import type { Trace } from "./agents/agent.ts";
import type { CaseOutcome, Expectation } from "./case.ts";
import type { StateDiff } from "./diff.ts";
import type { Harm, Label } from "./score.ts";
import type { Fault } from "./attribution.ts";
import type { Rate, RiskCoverage } from "./statistics.ts";
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
  /** How far the agent says its last reading may be relied on, 0 to 1; 1 where it does not say. */
  readonly confidence: number;
  /** Whose fault it is that the trial did not succeed. */
  readonly fault?: Fault | undefined;
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
  /** Of the trials that should end in a question about a known part, and of those that may and did: how many asked about just that. */
  readonly slots: Rate;
  readonly overAsk: Rate;
  readonly utility: number;
  readonly harms: Readonly<Partial<Record<Harm, number>>>;
  readonly labels: Readonly<Partial<Record<Label, number>>>;
  /** Whose fault it is, of each trial that did not succeed. */
  readonly faults: Readonly<Partial<Record<Fault | "harness", number>>>;
  /** What would be answered, and how much of it wrongly, if readings under a confidence were asked about instead. */
  readonly risk: RiskCoverage;
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
