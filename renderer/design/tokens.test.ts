// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
const tokens = new Map([...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(([, name = "", light = "", dark = ""]) => [name, { light, dark }]));

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["surface", "raised", "accent-soft", "ok-soft", "warn-soft", "bad-soft"];
const text = [
  ...grounds.flatMap((ground) => [["ink", ground], ["soft", ground]]),
  ...["accent", "ok", "warn", "bad"].flatMap((tone) => [[tone, "surface"], [tone, "raised"], [tone, `${tone}-soft`]]),
  ["on-accent", "accent"],
] as const;
const edges = [["line", "surface"], ["line", "raised"], ["accent", "surface"], ["accent", "raised"], ["warn", "warn-soft"], ["bad", "surface"]] as const;

function ratio([front = "", ground = ""]: readonly string[], theme: "light" | "dark"): number {
  const [one, other] = [tokens.get(front), tokens.get(ground)];
  if (!one || !other) throw new Error(`no token ${front} or ${ground}`);
  return contrast(one[theme], other[theme]);
}

describe.each(["light", "dark"] as const)("colours in the %s theme", (theme) => {
  it.each(text)("%s on %s can be read (4.5:1)", (...pair) => {
    expect(ratio(pair, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(edges)("%s beside %s can be seen (3:1)", (...pair) => {
    expect(ratio(pair, theme)).toBeGreaterThanOrEqual(3);
  });
});

it("knows the ratio of black on white", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
});
