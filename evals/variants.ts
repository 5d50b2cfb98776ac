import type { EvalCase } from "./case.ts";

/** Makes variants of a case whose right answer is known; see the next lines. */
export function variantsOf(_evalCase: EvalCase): readonly EvalCase[] {
  return [];
}
