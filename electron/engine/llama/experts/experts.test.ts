import { describe, expect, test } from "vitest";
import { expertPattern, findExperts } from "./experts.ts";

describe("the pattern for experts of the first layers", () => {
  const pattern = new RegExp(expertPattern(11));
  test.each(["blk.0.ffn_gate_up_exps.weight", "blk.10.ffn_down_exps.weight", "blk.3.ffn_down_exps.scale", "blk.9.ffn_gate_exps.weight", "blk.1.ffn_up_chexps.weight"])("takes %s", (name) => {
    expect(pattern.test(name)).toBe(true);
  });
  test.each(["blk.11.ffn_gate_up_exps.weight", "blk.110.ffn_down_exps.weight", "blk.0.ffn_up.weight", "blk.0.ffn_up_shexp.weight", "blk.0.ffn_gate_inp.weight", "blk.0.attn_q.weight", "output.weight"])("leaves %s", (name) => {
    expect(pattern.test(name)).toBe(false);
  });
});

describe("the add-on", () => {
  test("is missing for computers that it is not built for, and that is said", () => {
    expect(findExperts("v0.4.0", "sunos-sparc")).toEqual({ kind: "missing", reason: "Experts cannot be kept in system memory here: there is no build of it for this kind of computer." });
  });

  test("is missing where it cannot be loaded: the copy for another system", () => {
    const other = process.platform === "win32" ? "linux-x64" : "win32-x64";
    expect(findExperts("v0.4.0", other)).toEqual({ kind: "missing", reason: "Experts cannot be kept in system memory here: the system does not load it." });
  });

  test("refuses before the library is there, and for another release", (ctx) => {
    if (process.platform !== "linux" || process.arch !== "x64") ctx.skip("not run: the copy for Linux needs Linux on x64");
    expect(findExperts("v0.4.0")).toMatchObject({ kind: "missing", reason: /the model library was not found in this process/ });
    expect(findExperts("v9.9.9")).toMatchObject({ kind: "missing", reason: /made for another version of the model library/ });
  });
});
