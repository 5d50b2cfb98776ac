import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CompletionRequest } from "../../electron/agent/model.ts";
import { createScriptedModel } from "../../electron/agent/scripted-model.ts";
import { openReplay, recorded, type Replay } from "./recording.ts";

const place = { folder: "", file: "" };
beforeEach(() => {
  place.folder = mkdtempSync(join(tmpdir(), "stint-recording-"));
  place.file = join(place.folder, "deep", "replies.jsonl");
});
afterEach(() => rmSync(place.folder, { recursive: true, force: true }));

const never = new AbortController().signal;
const request = (over: Partial<CompletionRequest> = {}): CompletionRequest => ({ system: "rules", examples: [], user: "2h acme", grammar: "root ::= \"add\"", maxTokens: 160, timeoutMs: 1000, ...over });
function replay(): Replay {
  const opened = openReplay(place.file);
  if (typeof opened === "string") throw new Error(opened);
  return opened;
}

describe("recorded replies", () => {
  it("come back for the same model, prompt and grammar", async () => {
    await recorded(createScriptedModel(["add | hours: 2h"]), place.file, "abc").complete(request(), never);
    expect(await replay().model.complete(request(), never)).toMatchObject({ kind: "text", text: "add | hours: 2h" });
    expect(replay()).toMatchObject({ models: ["abc"], replies: 1 });
  });
  it.each<[string, Partial<CompletionRequest>]>([["other rules", { system: "other" }], ["another sentence", { user: "3h acme" }], ["another example", { examples: [{ user: "a", reply: "b" }] }], ["another grammar", { grammar: "root ::= \"none\"" }], ["another limit", { maxTokens: 80 }]])("are stale with %s: an error that is counted, never an answer", async (_name, over) => {
    await recorded(createScriptedModel(["add"]), place.file, "abc").complete(request(), never);
    const opened = replay();
    await expect(opened.model.complete(request(over), never)).rejects.toThrow("stale");
    expect(opened.stale()).toBe(1);
  });
  it("do not hold what failed", async () => {
    await recorded(createScriptedModel([{ kind: "failed", code: "timeout", message: "too slow" }, "add"]), place.file, "abc").complete(request(), never);
    expect(openReplay(place.file)).toContain("no recorded replies");
  });
  it("never hold the sentence or the prompt", async () => {
    await recorded(createScriptedModel(["add"]), place.file, "abc").complete(request({ user: "very private words" }), never);
    expect(readFileSync(place.file, "utf8")).not.toContain("private");
  });
  it("in a damaged file are refused with the line", async () => {
    await recorded(createScriptedModel(["add"]), place.file, "abc").complete(request(), never);
    writeFileSync(place.file, `${readFileSync(place.file, "utf8")}{"model":1}\n`);
    expect(openReplay(place.file)).toBe(`${place.file}:2 is not a recorded reply.`);
  });
});
