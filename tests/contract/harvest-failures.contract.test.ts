import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createHarvestClient } from "../../electron/harvest/client.ts";
import { AGENT, clientOf, countOf, day, draftOf, plan, sandbox, value } from "./harvest-account.ts";

describe("when things go wrong", () => {
  test.each([
    ["drop-after-commit", "offline", 1],
    ["timeout-after-commit", "timeout", 1],
    ["drop-before-commit", "offline", 0],
    ["timeout-before-commit", "timeout", 0],
    ["500", "server", 0],
    ["502-html", "server", 0],
  ])("a create that meets %s is unknown, and its mark tells what happened", async (fault, code, made) => {
    const box = await sandbox();
    const client = clientOf(box);
    const draft = await draftOf(client);
    await plan(box, fault, { method: "POST" });
    // Only where nobody answers may the limit be short: elsewhere a busy computer would run into it.
    const writer = clientOf(box, { userId: 4_410_021, mode: "duration", ...(code === "timeout" ? { timeoutMs: 400 } : {}) });
    expect(await writer.create(draft, "01LOST")).toMatchObject({ kind: "failed", code, unknown: true });
    expect(value(await client.entries(day, day)).filter((entry) => entry.mark === "01LOST")).toHaveLength(made);
  });

  test.each(["429", "429-html"])("a create that meets %s is sent again and is there once", async (fault) => {
    const box = await sandbox();
    const client = clientOf(box);
    const draft = await draftOf(client);
    await plan(box, fault, { method: "POST" });
    value(await client.create(draft, "m"));
    expect(await countOf(box, "Hero")).toBe(1);
    expect(client.waits.length).toBe(1);
  });

  test.each(["500", "502-html", "429", "drop-before-commit"])("a read that meets %s twice still succeeds", async (fault) => {
    const box = await sandbox();
    await plan(box, fault, { method: "GET", times: 2 });
    expect(value(await clientOf(box).me()).id).toBe(4_410_021);
  });

  test("a read that never gets through gives up after its third repeat", async () => {
    const box = await sandbox();
    await plan(box, "500", { times: "always" });
    const client = clientOf(box);
    expect(await client.me()).toMatchObject({ kind: "failed", code: "server", unknown: false });
    expect(client.waits).toHaveLength(3);
  });

  test("a revoked token is unauthorised at any time", async () => {
    const box = await sandbox();
    await plan(box, "401-revoked", { method: "POST" });
    const client = clientOf(box);
    expect(await client.create(await draftOf(client), "m")).toMatchObject({ code: "unauthorised", unknown: false });
    expect(await clientOf(box, { token: "wrong" }).me()).toMatchObject({ code: "unauthorised" });
    expect(await clientOf(box, { accountId: 1_700_334 }).me()).toMatchObject({ code: "unauthorised" });
  });

  test("a project that was archived meanwhile is refused with Harvest's sentence", async () => {
    const box = await sandbox();
    const client = clientOf(box);
    expect(await client.create(await draftOf(client, { project: 1, task: 1 }), "m")).toMatchObject({ code: "refused", unknown: false, message: expect.stringContaining("Harvest refused it: ") });
  });

  test("with nobody listening every call says offline and nothing throws", async () => {
    const box = await sandbox();
    await box.close();
    const client = clientOf(box, { userId: 4_410_021, mode: "duration" });
    expect(await client.entries(day, day)).toMatchObject({ code: "offline" });
    expect(await client.create({ date: day, hours: 1, project: 1, task: 1, notes: "" }, "m")).toMatchObject({ code: "offline", unknown: false });
  });

  test("a list that lags behind is what it is: the write's own answer is trusted", async () => {
    const box = await sandbox();
    const client = clientOf(box);
    const draft = await draftOf(client);
    await plan(box, "stale-reads:60000", { method: "GET", path: "/time_entries", times: "always" });
    expect(value(await client.create(draft, "m")).hours).toBe(2);
    expect(value(await client.entries(day, day)).filter((entry) => entry.mark === "m")).toEqual([]);
  });

  test("a client is stopped by its signal", async () => {
    const box = await sandbox();
    await plan(box, "timeout-before-commit", { times: "always" });
    const stop = new AbortController();
    const answer = clientOf(box, { signal: stop.signal }).me();
    setTimeout(() => stop.abort(), 30);
    expect(await answer).toMatchObject({ kind: "failed", code: "timeout" });
  });
});

describe("the token", () => {
  const MARKER = "tok-MARKER-9f3a";

  test("a stray newline around it is harmless", async () => {
    const box = await sandbox();
    expect(value(await clientOf(box, { token: `${box.token}\n` }).me()).id).toBe(4_410_021);
  });

  test.each(["", "  ", "a\nb", "a b"])("%j is refused in one sentence, without a request", async (token) => {
    const client = createHarvestClient({ token, accountId: 1, userAgent: AGENT, fetch: () => { throw new Error("sent"); } });
    expect(await client.me()).toMatchObject({ kind: "failed", code: "unauthorised", unknown: false });
  });

  test("it is sent to Harvest or to this computer only", async () => {
    const client = createHarvestClient({ baseUrl: "https://evil.example", token: MARKER, accountId: 1, userAgent: AGENT, fetch: () => { throw new Error("sent"); } });
    expect(await client.me()).toMatchObject({ kind: "failed", code: "refused" });
  });

  test("it follows neither a redirect nor a link to another address", async () => {
    const seen: string[] = [];
    const serve = async (answer: (url: string) => { status: number; headers?: Record<string, string>; body?: unknown }) => {
      const server = createServer((request, response) => {
        const { status, headers, body } = answer(request.url ?? "");
        response.writeHead(status, headers).end(body === undefined ? "" : JSON.stringify(body));
      });
      await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
      onTestFinished(() => { server.closeAllConnections(); server.close(); });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    const other = await serve((url) => { seen.push(url); return { status: 200, body: { id: 1 } }; });
    const baseUrl = await serve((url) => url.includes("project_assignments")
      ? { status: 200, body: { project_assignments: [], links: { next: `${other}/v2/more` } } }
      : { status: 302, headers: { Location: `${other}/v2/users/me` } });
    const client = createHarvestClient({ baseUrl, token: MARKER, accountId: 1, userAgent: AGENT });
    expect(await client.me()).toMatchObject({ kind: "failed", code: "changed-shape" });
    expect(await client.projects()).toMatchObject({ kind: "failed", code: "changed-shape" });
    expect(seen).toEqual([]);
  });

  test("it is in no failure, whatever goes wrong", async () => {
    const box = await sandbox({ token: MARKER });
    const echo = (status: number) => () => Promise.resolve(new Response(JSON.stringify({ message: `no ${MARKER}`, error: MARKER }), { status }));
    const broken = () => Promise.reject(new TypeError(`fetch failed: Bearer ${MARKER}`, { cause: new Error(MARKER) }));
    const clients = [
      ...[400, 401, 403, 404, 422, 429, 500, 302].map((status) => clientOf(box, { fetch: echo(status) })),
      clientOf(box, { fetch: broken }), clientOf(box, { baseUrl: "https://evil.example" }), clientOf(box, { userAgent: " " }), clientOf(box, { token: `${MARKER}\nx` }),
    ];
    for (const client of clients) {
      const failures = [await client.me(), await client.projects(), await client.create({ date: day, hours: 1, project: 1, task: 1, notes: "" }, "m"), await client.remove(1)];
      expect(failures.map((failure) => failure.kind)).toEqual(["failed", "failed", "failed", "failed"]);
      expect(JSON.stringify(failures)).not.toContain(MARKER);
    }
  });
});
