import type { EvalCase, Turn } from "../case.ts";

/** A case in which every sentence went through `say` and every typed answer through `answer`. */
export function withTexts(evalCase: EvalCase, say: (text: string) => string, answer: (text: string) => string = (text) => text): EvalCase {
  const turns = evalCase.turns.map((turn): Turn => {
    if ("say" in turn) return { say: say(turn.say) };
    return "answer" in turn && typeof turn.answer === "string" ? { answer: answer(turn.answer) } : turn;
  });
  return { ...evalCase, turns };
}

/** Everything that the user types in a case. */
export function textsOf(evalCase: EvalCase): readonly string[] {
  return evalCase.turns.flatMap((turn) => ("say" in turn ? [turn.say] : "answer" in turn && typeof turn.answer === "string" ? [turn.answer] : []));
}
