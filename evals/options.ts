import { parseArgs } from "node:util";
import type { UserKind } from "./play.ts";

export const USAGE = `npm run evals -- --agent NAME [options]

  --agent NAME        rules | oracle | gold | stint:MODEL | no-grammar:MODEL | no-spans:MODEL |
                      no-grounding:MODEL | no-asking:MODEL | naive:MODEL | prompted:MODEL | seed:MODEL
                      (MODEL: a GGUF file, the id of an installed model, or "random", which knows nothing)
  --cases FILE…       case files, one JSON object a line (default: evals/cases/*.jsonl)
  --trials N          times that each case is played (default 1)
  --variants          also three made variants of each case: other day, other names, other typing
  --only WORDS        cases whose id holds one of these, comma-separated
  --dimension D2,D5   cases of these dimensions
  --user KIND         accept (default: Enter to everything) | careful | decline
  --out FILE.json     rows and summary; an interrupted run goes on where it was
  --failures          each case that did not succeed: sentence, expected, got
  --html FILE         a report page that works from disk
  --with FILE         results file of another run that the page's chart sets beside this one (may be repeated)
  --diff FILE         compare with the rows of another run (default: the agent's last accepted run)
  --accept            make this run the one that later runs of this agent are compared with (evals/baselines)
  --chart FILE…       no agent is played: success and harm of these runs as one page (--html FILE, default
                      evals/reliability.html); without files, of every run that --leaderboard kept
  --leaderboard       write this run's line into evals/LEADERBOARD.md, and keep its figures for --chart
  --record FILE       keep the model's replies; --replay FILE: use kept replies in place of the model
  --home DIR          where installed models are looked for
`;

export interface Options {
  readonly agent: string;
  readonly files: readonly string[];
  readonly trials: number;
  readonly variants: boolean;
  readonly only: readonly string[];
  readonly dimensions: readonly string[];
  readonly user: UserKind;
  readonly out: string | undefined;
  readonly failures: boolean;
  readonly html: string | undefined;
  readonly others: readonly string[];
  readonly diff: string | undefined;
  readonly accept: boolean;
  readonly leaderboard: boolean;
  readonly home: string | undefined;
  readonly record: string | undefined;
  readonly replay: string | undefined;
}
/** A chart of runs that were played before. */
export interface ChartOptions {
  readonly files: readonly string[];
  readonly html: string;
}
export type ReadOptions = { readonly kind: "chart"; readonly chart: ChartOptions } | { readonly kind: "ok"; readonly options: Options } | { readonly kind: "help" } | { readonly kind: "wrong"; readonly message: string };

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const split = (value: string | undefined): readonly string[] => (value ?? "").split(",").map((part) => part.trim()).filter((part) => part !== "");

/** Reads the command line. `--cases a b c` takes every word up to the next option. */
export function readOptions(argv: readonly string[]): ReadOptions {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv], allowPositionals: true,
      options: { agent: text, cases: { ...text, multiple: true }, trials: text, variants: flag, only: text, dimension: text, user: text, out: text, failures: flag, html: text, with: { ...text, multiple: true }, diff: text, accept: flag, leaderboard: flag, chart: flag, home: text, record: text, replay: text, help: flag },
    });
    if (values.help) return { kind: "help" };
    if (values.chart) return { kind: "chart", chart: { files: positionals, html: values.html ?? "evals/reliability.html" } };
    const trials = Number(values.trials ?? "1");
    const user = values.user ?? "accept";
    if (!Number.isInteger(trials) || trials < 1) return { kind: "wrong", message: "--trials is a whole number from 1." };
    if (user !== "accept" && user !== "careful" && user !== "decline") return { kind: "wrong", message: "--user is accept, careful or decline." };
    if (values.agent === undefined) return { kind: "wrong", message: "Which agent? --agent rules, for instance." };
    return {
      kind: "ok",
      options: {
        agent: values.agent, trials, user, files: [...(values.cases ?? []), ...positionals],
        variants: values.variants ?? false, failures: values.failures ?? false, accept: values.accept ?? false, leaderboard: values.leaderboard ?? false,
        only: split(values.only), dimensions: split(values.dimension).map((name) => name.toUpperCase()),
        out: values.out, html: values.html, others: values.with ?? [], diff: values.diff, home: values.home, record: values.record, replay: values.replay,
      },
    };
  } catch (error) {
    return { kind: "wrong", message: error instanceof Error ? error.message.split(". ")[0] ?? "" : "The command line cannot be read." };
  }
}

/** The command that plays the same again: options that only say where to write are left out. */
export function commandOf({ agent, files, trials, variants, only, dimensions, user }: Options): string {
  const parts = ["npm run evals -- --agent", agent, ...(files.length > 0 ? ["--cases", ...files] : []), ...(trials > 1 ? ["--trials", String(trials)] : []), ...(variants ? ["--variants"] : []), ...(only.length > 0 ? ["--only", only.join(",")] : []), ...(dimensions.length > 0 ? ["--dimension", dimensions.join(",")] : []), ...(user === "accept" ? [] : ["--user", user])];
  return parts.join(" ");
}
