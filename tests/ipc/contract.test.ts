import { describe, expect, it } from "vitest";
import { answer, type Handlers } from "../../electron/ipc/answer.ts";
import { notices, requests } from "../../electron/ipc/contract.ts";
import { noticeNames, requestNames } from "../../electron/ipc/names.ts";

const bugs: string[] = [];
const ask = (name: "undo" | "read" | "hide" | "connect", input: unknown, handlers: Partial<Handlers>) => answer(name, input, handlers as Handlers, (which) => bugs.push(which));

describe("the contract between app and pages", () => {
  it("lets the bridge through exactly the names of the contract", () => {
    expect([...requestNames].toSorted()).toEqual(Object.keys(requests).toSorted());
    expect([...noticeNames].toSorted()).toEqual(Object.keys(notices).toSorted());
  });

  it.each([
    ["no object at all", "undo", "everything"],
    ["a key that nobody agreed on", "undo", { batch: "1", force: true }],
    ["a sentence longer than any paste", "read", { text: "x".repeat(20_001), pins: [] }],
    ["a pin with a day that is no date", "read", { text: "2h", pins: [{ op: 0, field: "date", value: "tomorrow" }] }],
    ["an account id that is none", "connect", { token: "t", accountId: -1, keep: "session" }],
    ["a place to keep the token that does not exist", "connect", { token: "t", accountId: 1, keep: "file" }],
  ] as const)("refuses %s without asking any handler", async (_what, name, input) => {
    let asked = false;
    const handler = () => {
      asked = true;
      return { ok: true, message: "" };
    };
    expect(await ask(name, input, { [name]: handler } as never)).toMatchObject({ ok: false, failure: { code: "bad-request" } });
    expect(asked).toBe(false);
  });

  it("hides what went wrong inside from the page, and tells the app", async () => {
    const thrown = await ask("undo", {}, { undo: () => Promise.reject(new Error("marker-token in a stack")) });
    expect(JSON.stringify(thrown)).not.toContain("marker-token");
    expect(thrown).toMatchObject({ ok: false, failure: { code: "broken" } });
    const wrongShape = await ask("undo", {}, { undo: () => ({ secret: "marker-token" }) as never });
    expect(JSON.stringify(wrongShape)).not.toContain("marker-token");
    expect(bugs).toEqual(["undo", "undo"]);
  });

  it("passes on only the agreed keys of an answer", async () => {
    const given = await ask("undo", {}, { undo: () => ({ ok: true, message: "Undone.", token: "marker-token" }) as never });
    expect(given).toEqual({ ok: true, value: { ok: true, message: "Undone." } });
  });
});
