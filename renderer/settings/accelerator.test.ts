import { describe, expect, it } from "vitest";
import { acceleratorOf } from "./accelerator.ts";

const press = (code: string, ...held: string[]): Parameters<typeof acceleratorOf>[0] => ({
  code,
  ctrlKey: held.includes("ctrl"),
  altKey: held.includes("alt"),
  shiftKey: held.includes("shift"),
  metaKey: held.includes("meta"),
});

describe("a recorded hotkey", () => {
  it.each([
    [press("KeyH", "ctrl", "alt"), "Ctrl+Alt+H"],
    [press("Space", "ctrl", "shift"), "Ctrl+Shift+Space"],
    [press("Digit1", "meta"), "Super+1"],
    [press("F9"), "F9"],
    [press("F12", "shift"), "Shift+F12"],
    [press("ArrowUp", "alt"), "Alt+Up"],
  ])("%j is written as %s", (pressed, written) => {
    expect(acceleratorOf(pressed)).toBe(written);
  });

  it.each([[press("ControlLeft", "ctrl")], [press("KeyH")], [press("KeyH", "shift")], [press("Escape", "ctrl")], [press("Space")], [press("F25")]])("%j is none", (pressed) => {
    expect(acceleratorOf(pressed)).toBeUndefined();
  });
});
