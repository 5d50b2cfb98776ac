import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createModelServer } from "./model-server.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function serve(): Promise<string> {
  const server = createServer((_, response) => void response.setHeader("content-type", "application/json").end(JSON.stringify({ data: [{ id: "tiny", owned_by: "llamacpp" }] })));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a model server of one's own", () => {
  it("is in no list until it is named, and then says where sentences go", async () => {
    expect(createModelServer(() => undefined).row(false)).toBeUndefined();
    const address = await serve();
    const server = createModelServer(() => ({ address, model: "tiny", allowNetwork: false }));
    expect(server.row(true)).toMatchObject({ id: "server", state: "ready", chosen: true, detail: expect.stringContaining("Your sentences are sent to") });
    expect(await server.look()).toMatchObject({ ok: true });
  });
  it("on another computer is refused until the network is allowed for it", async () => {
    const server = createModelServer(() => ({ address: "http://192.0.2.7:8080", model: "", allowNetwork: false }));
    expect(server.row(false)).toMatchObject({ state: "failed" });
    expect(await server.look()).toMatchObject({ ok: false });
  });
  it("that is not there is said so, and a sentence is not lost in it", async () => {
    const server = createModelServer(() => ({ address: "http://127.0.0.1:9", model: "", allowNetwork: false }));
    expect(await server.look()).toMatchObject({ ok: false });
    const cancel = { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined };
    expect(await server.model.complete({ system: "", user: "x", grammar: "root ::= \"x\"", maxTokens: 5, timeoutMs: 2000 }, cancel)).toMatchObject({ kind: "failed" });
  });
});
