import { expect, it } from "vitest";
import { createFakeBridge } from "./fake-bridge.ts";

it("throws on a request that nobody answered", async () => {
  await expect(createFakeBridge().ask("state")).rejects.toThrow('nobody answers "state"');
});

it("gives the page's input to the reply and stops telling a listener that left", async () => {
  const bridge = createFakeBridge().answer("find-projects", ({ words }) => [{ id: 1, label: words, tasks: [] }]);
  expect(await bridge.ask("find-projects", { words: "acme" })).toEqual([{ id: 1, label: "acme", tasks: [] }]);
  const heard: number[] = [];
  const stop = bridge.on("thinking", ({ seconds }) => heard.push(seconds));
  bridge.notify("thinking", { seconds: 1 });
  stop();
  bridge.notify("thinking", { seconds: 2 });
  expect(heard).toEqual([1]);
});
