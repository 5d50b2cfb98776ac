import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, request } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createHarvestClient } from "../../electron/harvest/client.ts";
import { networkOf } from "../../electron/harvest/network.ts";
import type { HarvestClientOptions } from "../../electron/harvest/types.ts";
import { AGENT, clientOf, countOf, day, draftOf, plan, raw, sandbox, value } from "./harvest-account.ts";
import { testCertificate } from "./test-certificate.ts";

async function port(server: Server): Promise<number> {
  await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  onTestFinished(() => { server.close(); });
  return (server.address() as AddressInfo).port;
}

describe("each part of a request has its own limit", { timeout: 30_000 }, () => {
  test("a server that takes no connection is given up while connecting, and a write is known not to have happened", async () => {
    // A TLS client waits here for a handshake that never comes.
    const silent = await port(createTcpServer((socket) => onTestFinished(() => { socket.destroy(); })));
    const client = createHarvestClient({ baseUrl: `https://127.0.0.1:${silent}`, token: "t", accountId: 1, userId: 1, mode: "duration", userAgent: AGENT, connectMs: 80 });
    expect(await client.create({ date: day, hours: 1, project: 1, task: 1, notes: "" }, "m")).toMatchObject({ code: "timeout", unknown: false, message: expect.stringContaining("reached in time") });
  });

  test("a server that takes the request and says nothing is given up by the first byte, and a write stays open", async () => {
    const box = await sandbox();
    const draft = await draftOf(clientOf(box));
    await plan(box, "timeout-after-commit", { method: "POST" });
    expect(await clientOf(box, { firstByteMs: 150, userId: 4_410_021, mode: "duration" }).create(draft, "m")).toMatchObject({ code: "timeout", unknown: true, message: expect.stringContaining("did not answer in time") });
  });

  test("an answer that trickles is read to its end within the limit for all of it, and given up beyond", async () => {
    const box = await sandbox();
    await plan(box, "drip:250", { times: "always" });
    expect(value(await clientOf(box, { firstByteMs: 1_500 }).projects())).toHaveLength(38);
    const slower = await sandbox();
    await plan(slower, "drip:400", { times: "always" });
    expect(await clientOf(slower, { timeoutMs: 1_500 }).me()).toMatchObject({ code: "timeout", message: expect.stringContaining("did not end in time") });
  });

  test("long answers come packed, and one that is not what it says it is is no answer", async () => {
    const box = await sandbox();
    expect((await raw(box, "/v2/company", { headers: { "Accept-Encoding": "identity" } })).headers.get("content-encoding")).toBeNull();
    expect((await raw(box, "/v2/time_entries", { headers: { "Accept-Encoding": "gzip" } })).headers.get("content-encoding")).toBe("gzip");
    const liar = await port(createHttpServer((_, answer) => answer.writeHead(200, { "Content-Encoding": "gzip" }).end('{"id":1}')));
    expect(await clientOf({ ...box, url: `http://127.0.0.1:${liar}` }).me()).toMatchObject({ kind: "failed", code: "offline" });
  });

  test("half an answer is no answer: a read is done again, a write stays open", async () => {
    const box = await sandbox();
    const client = clientOf(box);
    const draft = await draftOf(client);
    await plan(box, "half-response", { method: "GET", times: 2 });
    expect(value(await client.me()).id).toBe(4_410_021);
    expect(value(await client.projects())).toHaveLength(38);
    await plan(box, "half-response", { method: "POST" });
    expect(await client.create(draft, "m")).toMatchObject({ code: "offline", unknown: true });
    expect(await countOf(box, "Hero")).toBe(1);
  });

  test("a stop during a wait ends the wait and sends nothing more", async () => {
    const box = await sandbox();
    await plan(box, "429:30", { times: "always" });
    const stop = new AbortController();
    const client = createHarvestClient({ baseUrl: box.url, token: box.token, accountId: box.accountId, userAgent: AGENT, signal: stop.signal });
    const answer = client.me();
    const struck = async (): Promise<unknown> => ((await (await fetch(`${box.url}/_sandbox/struck`)).json()) as { struck: unknown }).struck;
    await expect.poll(struck, { timeout: 10_000 }).toEqual({ 429: 1 });
    stop.abort();
    expect(await answer).toMatchObject({ code: "timeout", unknown: false, message: "The request to Harvest was stopped." });
    expect(await struck()).toEqual({ 429: 1 });
  });
});

/** Harvest's own address, served on this computer behind a proxy: the proxy leads api.harvestapp.com to the sandbox over TLS. */
async function behindProxy(answerConnect: (authorization: string | undefined) => number = () => 200) {
  const box = await sandbox();
  const { authority, cert, key } = testCertificate(["api.harvestapp.com", "127.0.0.1"]);
  const tls = await port(createTlsServer({ cert, key }, (incoming, outgoing) => {
    const { host: _, ...headers } = incoming.headers;
    incoming.pipe(request(`${box.url}${incoming.url ?? ""}`, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    }));
  }));
  const seen: string[] = [];
  const proxy = createHttpServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    outgoing.writeHead(200).end("a page");
  });
  proxy.on("connect", (incoming, socket) => {
    seen.push(`CONNECT ${incoming.url} ${JSON.stringify(incoming.headers)}`);
    const status = answerConnect(incoming.headers["proxy-authorization"]);
    socket.write(`HTTP/1.1 ${status} x\r\n\r\n`);
    if (status !== 200) return void socket.end();
    const onwards = connect(tls, "127.0.0.1", () => { socket.pipe(onwards); onwards.pipe(socket); });
    onwards.on("error", () => socket.destroy());
    socket.on("error", () => onwards.destroy());
  });
  const folder = mkdtempSync(join(tmpdir(), "stint-ca-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "authority.pem"), authority);
  const proxyPort = await port(proxy);
  const open = (env: Record<string, string>, more: Partial<HarvestClientOptions> = {}) =>
    createHarvestClient({ token: box.token, accountId: box.accountId, userAgent: AGENT, network: networkOf(env), sleep: () => Promise.resolve(), ...more });
  return { box, tls, seen, open, proxy: `127.0.0.1:${proxyPort}`, authority: join(folder, "authority.pem") };
}

describe("the network of an office", { timeout: 30_000 }, () => {
  test("Harvest is reached through HTTPS_PROXY with the certificates of NODE_EXTRA_CA_CERTS, and the proxy never sees the token", async () => {
    const world = await behindProxy((given) => (given === `Basic ${Buffer.from("ann:p@ss").toString("base64")}` ? 200 : 407));
    const client = world.open({ HTTPS_PROXY: `http://ann:p%40ss@${world.proxy}`, NODE_EXTRA_CA_CERTS: world.authority });
    expect(value(await client.me()).id).toBe(4_410_021);
    value(await client.create({ ...(await draftOf({ ...client, waits: [] })), notes: "through" }, "m"));
    expect(await countOf(world.box, "through")).toBe(1);
    expect(world.seen.every((line) => line.startsWith("CONNECT api.harvestapp.com:443"))).toBe(true);
    expect(world.seen.join()).not.toContain(world.box.token);
  });

  test.each([
    [407, "asks for a name and password"],
    [403, "does not let Stint through"],
  ])("a proxy that answers %i is named as the obstacle, and a write is known not to have happened", async (status, words) => {
    const world = await behindProxy(() => status);
    const client = world.open({ https_proxy: `http://ann:secret-word@${world.proxy}`, NODE_EXTRA_CA_CERTS: world.authority }, { userId: 1, mode: "duration" });
    const failure = await client.create({ date: day, hours: 1, project: 1, task: 1, notes: "" }, "m");
    expect(failure).toMatchObject({ code: "offline", unknown: false, message: expect.stringContaining(words) });
    expect(JSON.stringify(failure)).not.toContain("secret-word");
  });

  test("a certificate that this computer does not trust is refused before anything is sent", async () => {
    const world = await behindProxy();
    expect(await world.open({ HTTPS_PROXY: world.proxy }).me()).toMatchObject({ code: "offline", message: expect.stringContaining("certificate") });
    expect(await (await fetch(`${world.box.url}/_sandbox/struck`)).json()).toEqual({ struck: {} });
  });

  test("NO_PROXY and this computer's own addresses go straight", async () => {
    const world = await behindProxy();
    const { box } = world;
    const env = { HTTPS_PROXY: world.proxy, NODE_EXTRA_CA_CERTS: world.authority };
    expect(value(await world.open(env, { baseUrl: box.url }).me()).id).toBe(4_410_021);
    expect(value(await world.open({ ...env, NO_PROXY: "127.0.0.1" }, { baseUrl: `https://127.0.0.1:${world.tls}` }).me()).id).toBe(4_410_021);
    expect(world.seen).toEqual([]);
  });
});
