import { describe, expect, test } from "vitest";
import { gigabytes, writeFailure } from "./outcome.ts";

describe("what a disk refuses", () => {
  test.each([
    ["ENOSPC", "no-space", "The disk is full. What has arrived is kept; the next try goes on from there."],
    ["EDQUOT", "no-space", "The disk is full. What has arrived is kept; the next try goes on from there."],
    ["EFBIG", "no-space", "The disk's file system cannot hold a file of this size."],
    ["EACCES", "no-permission", "The models folder may not be written to."],
    ["EROFS", "no-permission", "The models folder may not be written to."],
    ["EIO", "not-written", "The file could not be written to the models folder."],
  ])("%s is said as %s in one sentence or two, without a path", (code, kind, message) => {
    expect(writeFailure(Object.assign(new Error(`${code}: /home/somebody/models`), { code }))).toEqual({ kind: "failed", code: kind, message });
  });

  test("sizes are said as download pages say them", () => {
    expect([14_439_363_584, 532_517_120, 10].map(gigabytes)).toEqual(["14.4 GB", "533 MB", "1 MB"]);
  });
});
