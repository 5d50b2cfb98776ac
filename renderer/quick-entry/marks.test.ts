import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { views } from "../fake-views.ts";
import { runsOf } from "./marks.ts";

const tinted = (text: string, view = views.plain): string[] => runsOf(text, view).flatMap((run) => (run.mark ? [run.text] : []));

describe("tints behind the text", () => {
  it("cover exactly the words that were used", () => {
    expect(tinted(views.plain.text)).toEqual(["2.5h", "acme", "design", "review", "yesterday"]);
  });

  it("stay on unchanged words while a newer reading is under way, and never on changed ones", () => {
    expect(tinted("2.5h acme desi", views.plain)).toEqual(["2.5h", "acme"]);
    expect(tinted("3h acme design", views.plain)).toEqual([]);
  });

  it("leave filler words plain", () => {
    expect(tinted("on it", { ...views.plain, text: "on it", marks: [{ start: 0, end: 2, role: "filler", open: false }] })).toEqual([]);
  });

  it("never lose or repeat a letter of the text", () => {
    const mark = fc.record({ start: fc.nat(30), end: fc.nat(30), role: fc.constantFrom("when" as const, "hours" as const, "filler" as const), open: fc.boolean() });
    fc.assert(
      fc.property(fc.string({ maxLength: 25 }), fc.string({ maxLength: 25 }), fc.array(mark, { maxLength: 6 }), (text, other, marks) => {
        const view = { ...views.plain, text: other, marks };
        const whole = (shown: string): string => runsOf(shown, view).map((run) => run.text).join("");
        expect([whole(text), whole(other)]).toEqual([text, other]);
      }),
    );
  });
});
