import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { askFor, pour } from "./request.ts";
import { openTestPlace } from "./test-place.ts";
import type { TestPlace } from "./test-place.ts";
import { BODY } from "./test-trial.ts";

let place: TestPlace;
beforeEach(async () => {
  place = await openTestPlace(BODY);
});
afterEach(() => place.close());

test("an answer that is not read at once is not thrown away by the collector", async () => {
  place.bend = (_, response) => {
    response.writeHead(200, { "content-length": BODY.length }).end(BODY);
    return true;
  };
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let turn = 0; turn < 5; turn += 1) {
    const answer = await askFor(fetch, `${place.url}/some.gguf`, 0, 4, new AbortController().signal);
    if (answer.kind !== "whole") throw new Error(answer.kind);
    // What comes between is what a download does before it reads: room on the disk, a file to write to.
    for (let n = 0; n < 5; n += 1) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    let bytes = 0;
    await pour(answer.body, 10_000, async (chunk) => {
      bytes += chunk.byteLength;
      return true;
    });
    expect(bytes).toBe(BODY.length);
  }
});
