import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { promptFor } from "../../agent/prompt.ts";
import { parseReply } from "../../agent/reply.ts";
import { spanGrammar } from "../../agent/span-grammar.ts";
import type { CompletionRequest } from "../../agent/model.ts";
import { serverAddress } from "./address.ts";
import { createExternalModel } from "./external-model.ts";
import type { ExternalModel } from "./external-model.ts";

/* Against a real HTTP server on this computer that behaves as llama-server, LM Studio and Ollama do, and as none of them should. */

const TEXT = "2h acme design yesterday";
const LINE = "add | when: yesterday | hours: 2h | project: acme | task: design";
const quiet = new AbortController().signal;

interface Asked {
  readonly path: string;
  readonly body: { readonly messages?: { readonly role: string; readonly content: string }[]; readonly grammar?: string; readonly response_format?: { readonly type: string }; readonly model?: string };
}
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  })));
});

async function serve(reply: (asked: Asked, response: ServerResponse) => void): Promise<{ base: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const one = { path: request.url ?? "", body: text === "" ? {} : (JSON.parse(text) as Asked["body"]) };
      asked.push(one);
      reply(one, response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
const json = (response: ServerResponse, value: unknown): void => void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
const answer = (content: string): unknown => ({ choices: [{ message: { role: "assistant", content } }], usage: { prompt_tokens: 700, completion_tokens: 20, prompt_tokens_details: { cached_tokens: 660 } } });

/** A server of one kind that answers every sentence with `content`. */
function serverOf(kind: "llamacpp" | "library", content: string): ReturnType<typeof serve> {
  return serve(({ path }, response) => json(response, path === "/v1/models" ? { object: "list", data: [{ id: "gemma", owned_by: kind }] } : answer(content)));
}
function modelAt(base: string, name?: string): ExternalModel {
  const server = serverAddress(base, false);
  if (server.kind === "refused") throw new Error(server.message);
  return createExternalModel({ server, model: name });
}
function ask(text: string, timeoutMs = 20_000): CompletionRequest {
  const grammar = spanGrammar(text);
  if (grammar.kind !== "grammar") throw new Error("too long");
  return { ...promptFor(text), grammar: grammar.gbnf, maxTokens: 100, timeoutMs };
}

describe("a server that takes a grammar", () => {
  test("is given the sentence's own, and answers in its words", async () => {
    const { base, asked } = await serverOf("llamacpp", LINE);
    const completion = await modelAt(base).complete(ask(TEXT), quiet);
    expect(completion).toMatchObject({ kind: "text", text: LINE, promptTokens: 700, evaluatedTokens: 40, generatedTokens: 20 });
    expect(asked.map(({ path }) => path)).toEqual(["/v1/models", "/v1/chat/completions"]);
    expect(asked[1]?.body.grammar).toBe(ask(TEXT).grammar);
    expect(asked[1]?.body.model).toBe("gemma");
    expect(asked[1]?.body.messages?.at(-1)).toEqual({ role: "user", content: promptFor(TEXT).user });
  });

  test("and does not keep to it, is not believed", async () => {
    for (const content of ["add | when: tomorrow | hours: 2h", "add | hours: 2", "add | hours: 2h and more", "Sure! add | hours: 2h", "", "drop | hours: 2h"]) {
      const { base } = await serverOf("llamacpp", content);
      expect(await modelAt(base).complete(ask(TEXT), quiet)).toEqual({ kind: "failed", code: "failed", message: "The model server's answer does not keep to the sentence, so it is not used." });
    }
  });
});

describe("a server that takes a JSON schema only", () => {
  test("is asked for steps, shown the examples as steps, and read as the same line", async () => {
    const { base, asked } = await serverOf("library", JSON.stringify({ steps: [{ command: "add", project: "acme", task: "design", hours: "2h", when: "yesterday", note: "" }] }));
    const completion = await modelAt(base, "gemma4:12b").complete(ask(TEXT), quiet);
    if (completion.kind !== "text") throw new Error(completion.message);
    expect(completion.text).toBe(LINE);
    expect(parseReply(TEXT, completion.text).kind).toBe("intent");
    const { body } = asked[1] ?? {};
    expect(body?.grammar).toBeUndefined();
    expect(body?.response_format?.type).toBe("json_schema");
    expect(body?.model).toBe("gemma4:12b");
    const shown = body?.messages?.filter(({ role }) => role === "assistant").map(({ content }) => JSON.parse(content) as unknown);
    expect(shown?.[0]).toEqual({ steps: [{ command: "add", when: "yesterday", hours: "2h", project: "vandelay imports" }] });
    expect(shown?.length).toBe(promptFor(TEXT).examples?.length);
  });

  test("quotes what the sentence does not say, and is refused", async () => {
    const wrong = [
      { steps: [{ command: "add", hours: "2 hours" }] },
      { steps: [{ command: "add", when: "2026-11-23", hours: "2h" }] },
      { steps: [{ command: "add", hours: "2h", project: "Acme" }] },
      { steps: [{ command: "add", "old when": "yesterday" }] },
      { steps: [{ command: "erase", hours: "2h" }] },
      { steps: [] },
      { steps: [{ hours: "2h" }] },
      [],
      { steps: [{ command: "add", hours: "2h | project: acme" }] },
    ];
    for (const value of wrong) {
      const { base } = await serverOf("library", JSON.stringify(value));
      expect(await modelAt(base).complete(ask(TEXT), quiet), JSON.stringify(value)).toMatchObject({ kind: "failed", code: "failed", message: /does not keep to the sentence/ });
    }
  });

  test("keeps words with separators apart from the separators", async () => {
    const text = "1h acme | note; x\\y yesterday";
    const { base } = await serverOf("library", JSON.stringify({ steps: [{ command: "add", hours: "1h", note: "acme | note; x\\y" }] }));
    const completion = await modelAt(base).complete(ask(text), quiet);
    if (completion.kind !== "text") throw new Error(completion.message);
    const parsed = parseReply(text, completion.text);
    if (parsed.kind !== "intent") throw new Error(parsed.why);
    const { note } = parsed.intent.steps[0] ?? {};
    expect(text.slice(note?.start, note?.end)).toBe("acme | note; x\\y");
  });
});

describe("a server that is none, or in trouble", () => {
  test.each([
    [401, "wants a key, which Stint does not send."],
    [404, "does not have this model."],
    [503, "is still loading its model."],
    [500, "could not answer."],
    [301, "does not answer."],
  ])("answers %i and is told of in one sentence", async (status, words) => {
    const { base } = await serve(({ path }, response) => {
      if (path === "/v1/models") json(response, { data: [{ id: "a" }] });
      else response.writeHead(status, { location: "http://127.0.0.1:1/elsewhere" }).end("secret");
    });
    expect(await modelAt(base).complete(ask(TEXT), quiet)).toEqual({ kind: "failed", code: "failed", message: `The model server at ${new URL(base).host} ${words}` });
  });

  test.each([
    ["no JSON", (response: ServerResponse) => void response.end("<html>")],
    ["another shape", (response: ServerResponse) => json(response, { choices: [] })],
    ["more than any answer has", (response: ServerResponse) => json(response, answer("x".repeat(2_000_000)))],
  ])("answers with %s", async (_, reply) => {
    const { base } = await serve(({ path }, response) => (path === "/v1/models" ? json(response, { data: [{ id: "a" }] }) : reply(response)));
    expect(await modelAt(base).complete(ask(TEXT), quiet)).toMatchObject({ kind: "failed", message: /does not answer like a model server\.$/ });
  });

  test("is not there", async () => {
    const { base } = await serverOf("library", "");
    const model = modelAt(base);
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    expect(await model.complete(ask(TEXT), quiet)).toMatchObject({ kind: "failed", message: /does not answer\.$/ });
    expect(await model.models()).toMatchObject({ kind: "failed" });
  });

  test("never answers: the request's own time ends it, or the user", async () => {
    const { base } = await serve(({ path }, response) => {
      if (path === "/v1/models") json(response, { data: [{ id: "a" }] });
    });
    const model = modelAt(base);
    expect(await model.complete(ask(TEXT, 200), quiet)).toMatchObject({ kind: "failed", code: "timeout" });
    const abort = new AbortController();
    const open = model.complete(ask(TEXT), abort.signal);
    setTimeout(() => abort.abort(), 50);
    expect(await open).toMatchObject({ kind: "failed", code: "cancelled" });
    expect(await model.complete(ask(TEXT), abort.signal)).toMatchObject({ code: "cancelled" });
  });
});

describe("the address", () => {
  test.each(["localhost:8080", "http://127.0.0.1:11434/v1", "http://[::1]:1234/", "https://localhost/v1/"])("on this computer is taken: %s", (typed) => {
    expect(serverAddress(typed, false)).toMatchObject({ kind: "address", isHere: true, warning: /^Your sentences are sent to the program at .* on this computer/ });
  });
  test("ends before the part that all servers share", () => {
    expect(serverAddress("http://127.0.0.1:11434/v1/", false)).toMatchObject({ base: "http://127.0.0.1:11434" });
    expect(serverAddress("https://localhost/models/v1", false)).toMatchObject({ base: "https://localhost/models" });
  });
  test.each(["192.168.1.5:8080", "http://box.local:8080", "http://127.0.0.1.example.com", "http://localhost.example.com", "http://0.0.0.0:8080", "http://2130706433.example"])("elsewhere is refused by default: %s", (typed) => {
    expect(serverAddress(typed, false)).toMatchObject({ kind: "refused", message: /is another computer/ });
    expect(serverAddress(typed, true)).toMatchObject({ kind: "address", isHere: false, warning: /They travel unencrypted\.$/ });
  });
  test.each(["", "http://", "ftp://localhost", "http://user:secret@localhost:8080", "file:///etc/passwd"])("that is none is refused, whatever is allowed: %s", (typed) => {
    const refused = serverAddress(typed, true);
    expect(refused.kind).toBe("refused");
    expect(JSON.stringify(refused)).not.toContain("secret");
  });
});
