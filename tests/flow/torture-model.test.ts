import { expect, test } from "vitest";
import { createModel } from "../torture/model.ts";

const day = "2026-04-06" as const;
const place = { project: 1, task: 11 };

test("somebody's edit of one entry does not make the torture forget that a later start stopped an earlier timer", () => {
  const model = createModel([{ id: 1, date: day, hours: 1, ...place, notes: "seed", running: false }]);
  model.apply("first", [{ op: "start", ...place, notes: "first timer" }], day);
  expect(model.undoable()).toEqual(["first"]);
  model.apply("second", [{ op: "change", entry: 1, set: { hours: 2 } }, { op: "start", ...place, notes: "second timer" }], day);
  expect(model.undoable()).toEqual(["second"]);
  model.meddle(1, 13.13);
  expect(model.undoable()).toEqual([]);
});
