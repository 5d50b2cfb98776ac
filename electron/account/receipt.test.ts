import { expect, test } from "vitest";
import { stoppedText, undoneText } from "./receipt.ts";

test("a sentence that stopped part way accounts for every part of it", () => {
  expect(stoppedText("Harvest refused it: Hours is invalid.", ["1 h · Acme", "2 h · Globex", "3 h · Initech"], 1)).toBe(
    "Harvest refused it: Hours is invalid. Saved before that: 1 h · Acme. Not saved: 2 h · Globex; 3 h · Initech.",
  );
  expect(stoppedText("No.", ["1 h · Acme"], 0)).toBe("No. Nothing was changed.");
  expect(stoppedText("No.", ["1 h · Acme", "2 h · Globex"], 0)).toBe("No. Nothing of it was saved: 1 h · Acme; 2 h · Globex.");
});

test("an entry that came back says that its number is new", () => {
  expect(undoneText({ kind: "undone", batch: "b", sentence: "delete it", renewed: [{ old: 7, now: 19 }] })).toBe("Undone: delete it. The entry is back under a new number, 19.");
  expect(undoneText({ kind: "undone", batch: "b", sentence: "2h acme", renewed: [] })).toBe("Undone: 2h acme");
});
