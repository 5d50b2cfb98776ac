import { describe, expect, it } from "vitest";
import { commandOf, readOptions } from "./options.ts";

const optionsOf = (line: string) => {
  const read = readOptions(line.split(" "));
  if (read.kind !== "ok") throw new Error(read.kind);
  return read.options;
};

describe("the command line", () => {
  it("takes several case files behind one --cases", () => {
    expect(optionsOf("--agent rules --cases a.jsonl b.jsonl --trials 2 --out x.json")).toMatchObject({ files: ["a.jsonl", "b.jsonl"], trials: 2, out: "x.json" });
  });
  it.each(["--trials 0 --agent rules", "--trials x --agent rules", "--user boss --agent rules", "--cases a", "--agent rules --fly"])("refuses %s", (line) => {
    expect(readOptions(line.split(" ")).kind).toBe("wrong");
  });
  it("says again what it was, without where it was written", () => {
    expect(commandOf(optionsOf("--agent rules --variants --dimension d2,D5 --only x --user careful --out /tmp/x --html y --failures"))).toBe("npm run evals -- --agent rules --variants --only x --dimension D2,D5 --user careful");
  });
});
