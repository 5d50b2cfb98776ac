import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placePopup } from "./placement.ts";

describe("placePopup", () => {
  it("centres the popup a fifth down on a screen to the right of the first one", () => {
    expect(placePopup({ x: 1920, y: 0, width: 1280, height: 1000 }, { width: 640, height: 200 })).toEqual({ x: 2240, y: 200, width: 640, height: 200 });
  });
  it("never leaves the work area, however small the screen or tall the popup", () => {
    const size = fc.integer({ min: 50, max: 4000 });
    const at = fc.integer({ min: -4000, max: 4000 });
    fc.assert(
      fc.property(at, at, size, size, size, size, (x, y, width, height, w, h) => {
        const placed = placePopup({ x, y, width, height }, { width: w, height: h });
        expect(placed.x).toBeGreaterThanOrEqual(x);
        expect(placed.y).toBeGreaterThanOrEqual(y);
        expect(placed.x + placed.width).toBeLessThanOrEqual(x + width + 1);
        expect(placed.y + placed.height).toBeLessThanOrEqual(y + height);
      }),
    );
  });
});
