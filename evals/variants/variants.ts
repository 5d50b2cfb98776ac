import type { EvalCase } from "../case.ts";
import { noisy } from "./noisy.ts";
import { renamed } from "./renamed.ts";
import { shifted } from "./shifted.ts";

const MAKERS: Readonly<Record<string, (evalCase: EvalCase) => EvalCase>> = { day: shifted, names: renamed, typing: noisy };

/** Three cases made from one, whose right answer is known because the base case's is: another day, other names, other typing. Always the same. */
export function variantsOf(evalCase: EvalCase): readonly EvalCase[] {
  return Object.entries(MAKERS).map(([variant, make]) => ({ ...make(evalCase), id: `${evalCase.id}~${variant}`, base: evalCase.id, variant }));
}
