import { describe, expect, it } from "vitest";
import { exampleFacts as facts } from "./fixture-account.ts";
import type { Pin } from "./outcome.ts";
import { read } from "./read.ts";
import { answerWith } from "./reply.ts";

/** Types replies until no question is open; the outcome's kind, or the field still asked about. */
function talk(text: string, ...replies: readonly string[]): unknown {
  let pins: readonly Pin[] = [];
  for (const reply of replies) {
    const { outcome } = read(text, facts, pins);
    if (outcome.kind !== "question") break;
    const next = answerWith(text, facts, pins, outcome.question, reply);
    if (!next) return `no answer to ${outcome.question.about}`;
    pins = next;
  }
  const { outcome } = read(text, facts, pins);
  return outcome.kind === "proposal" ? outcome.operations : outcome.kind === "question" ? outcome.question.about : outcome.kind;
}

describe("a typed reply", () => {
  it.each<[string, string, object]>([
    ["initech yesterday", "4h", { hours: 4, date: "2026-04-05" }], ["initech yesterday", "2", { hours: 2 }], ["initech yesterday", "45 min", { hours: 0.75 }], ["initech yesterday", "1 h", { hours: 1 }],
    ["2h soylent", "Initech", { project: 4 }], ["globexx 2h", "1", { project: 3 }], ["2h initech next friday", "2", { date: "2026-04-17" }], ["2h initech next friday", "Fri 10 Apr", { date: "2026-04-10" }], ["2h initech feb 30", "yesterday", { date: "2026-04-05" }],
    ["2h acme mobile", "testing", { task: 13 }], ["2h acme mobile", "Meetings", { task: 14 }], ["2h acme mobile", "1", { task: 12 }], ["make the acme mobile entry 4h", "2", { entry: 5 }],
  ])("to %s: %s", (text, reply, expected) => {
    expect(talk(text, reply, "1")).toMatchObject([expected]);
  });
  it("that does not answer pins nothing", () => {
    expect(talk("initech yesterday", "purple")).toBe("no answer to hours");
    expect(talk("initech yesterday", "0h")).toBe("no answer to hours");
    expect(talk("2h soylent", "acme")).toBe("no answer to project");
    expect(talk("2h acme mobile", "9")).toBe("no answer to task");
  });
  it("may call it off", () => {
    expect(talk("initech yesterday", "cancel")).toBe("nothing");
  });
  it("leads to the next question", () => {
    expect(talk("acme yesterday", "mobile")).toBe("hours");
    expect(talk("acme yesterday", "mobile", "2h")).toBe("task");
  });
});
