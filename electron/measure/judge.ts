import { digest } from "../core/digest.ts";
import type { Outcome } from "../core/outcome.ts";

/**
 * How one sentence ended. `asked`: nothing would be written without an answer from the user. `wrong`: another change or another answer than
 * the right one was shown. `failed`: nothing of use came back.
 */
export type Verdict = "right" | "asked" | "wrong" | "failed";

/** Whether two outcomes say the same: the same operations, the same answer, or both nothing (a refusal writes nothing either). */
export function isSame(outcome: Outcome, expected: Outcome): boolean {
  switch (expected.kind) {
    case "proposal":
      return outcome.kind === "proposal" && digest(outcome.operations) === digest(expected.operations);
    case "answer":
      return outcome.kind === "answer" && outcome.hours === expected.hours && outcome.rows.map(({ label }) => label).join("\n") === expected.rows.map(({ label }) => label).join("\n");
    default:
      return outcome.kind === "nothing" || outcome.kind === "refusal";
  }
}

/** `undefined`: the model gave nothing that could be read, so the rules' reading stands, and that was none. */
export function verdictOn(outcome: Outcome | undefined, expected: Outcome): Verdict {
  if (outcome === undefined || outcome.kind === "needs-model") return "failed";
  if (isSame(outcome, expected)) return "right";
  switch (outcome.kind) {
    case "question":
      return "asked";
    case "proposal":
    case "answer":
      return "wrong";
    case "nothing":
    case "refusal":
      return "failed";
  }
}
