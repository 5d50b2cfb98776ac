import type { Reading } from "../core/outcome.ts";
import type { Desk } from "./desk.ts";

/** True for a reading that a project made a moment ago in Harvest would answer: it asks which project, or found only an archived one. */
export function lacksProject({ outcome }: Pick<Reading, "outcome">): boolean {
  return (outcome.kind === "question" && outcome.question.about === "project") || (outcome.kind === "refusal" && outcome.code === "archived");
}

/** A desk that has the projects read again, in the background, when a sentence that is shown names none that is known. */
export function lookingAgain(desk: Desk, renew: () => Promise<void>): Desk {
  return {
    ...desk,
    view: (text, pins) => {
      const view = desk.view(text, pins);
      if (view.question?.about === "project" || (view.kind === "refusal" && lacksProject(desk.read(text, pins).reading))) void renew();
      return view;
    },
  };
}
