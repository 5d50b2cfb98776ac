import { createServer as createPlain } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { createServer as createSafe } from "node:https";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFetch } from "./proxy.ts";

/** A key that protects nothing: it was made for this test, for the name models.example. */
const pem = (kind: string, base64: string): string => `-----BEGIN ${kind}-----\n${base64.replaceAll(/.{64}/g, "$&\n")}\n-----END ${kind}-----\n`;
const KEY = pem("PRIVATE KEY", "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxXykKEa8vUQHYzstEyIjKOnJbwJUhua4PyH5WrI+OpyhRANCAATke+Ne8liipGUrHnElUWnbNdwfINyrhbOjb1adHuc7zrYtPLtk+tDyjzfbeUIPgjdtTX9Jt/DsrR6gYDzGn9lv");
const CERTIFICATE = pem("CERTIFICATE", "MIIBpDCCAUqgAwIBAgIUTil5GW4w18af3K0JRKu8B73ybGQwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwObW9kZWxzLmV4YW1wbGUwIBcNMjYxMTI0MTE1NzM2WhgPMjEyNjEwMzExMTU3MzZaMBkxFzAVBgNVBAMMDm1vZGVscy5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5HvjXvJYoqRlKx5xJVFp2zXcHyDcq4Wzo29WnR7nO862LTy7ZPrQ8o8323lCD4I3bU1/Sbfw7K0eoGA8xp/Zb6NuMGwwHQYDVR0OBBYEFHOfCT95My40REyTPxTuZ4OQaWltMB8GA1UdIwQYMBaAFHOfCT95My40REyTPxTuZ4OQaWltMA8GA1UdEwEB/wQFMAMBAf8wGQYDVR0RBBIwEIIObW9kZWxzLmV4YW1wbGUwCgYIKoZIzj0EAwIDSAAwRQIhAJo+rvzp3feyU4YVKprX0lfeXdpYSVoy/Y1ddrY11CJzAiB/cneM1UKG72JsXXdCXqzTrpuYGH8JA62cVYVzJUVgrg==");

interface Seen {
  readonly method: string;
  readonly target: string;
  readonly authorization: string | undefined;
}

let seen: Seen[] = [];
let asked: IncomingMessage[] = [];
let proxy: Server;
let safe: ReturnType<typeof createSafe>;
let plain: Server;
let refuse = 0;
const port = (server: { address(): AddressInfo | string | null }): number => (server.address() as AddressInfo).port;
const listening = (server: { listen(port: number, host: string, done: () => void): unknown }): Promise<void> => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

beforeEach(async () => {
  seen = [];
  asked = [];
  refuse = 0;
  safe = createSafe({ key: KEY, cert: CERTIFICATE }, (request, response) => {
    asked.push(request);
    if (request.url === "/moved") response.writeHead(302, { location: "/file" }).end();
    else response.writeHead(206, { "content-range": "bytes 0-3/4", "etag": '"e"' }).end("GGUF");
  });
  plain = createPlain((request, response) => {
    asked.push(request);
    response.end("plain");
  });
  proxy = createPlain((request, response) => {
    seen.push({ method: request.method ?? "", target: request.url ?? "", authorization: request.headers["proxy-authorization"] });
    response.writeHead(200).end("through the proxy");
  });
  // Whatever name is asked for, the way leads to the test's own server.
  proxy.on("connect", (request: IncomingMessage, client) => {
    seen.push({ method: "CONNECT", target: request.url ?? "", authorization: request.headers["proxy-authorization"] });
    if (refuse > 0) {
      client.end(`HTTP/1.1 ${refuse} no\r\n\r\n`);
      return;
    }
    const target = connect(port(safe), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 yes\r\n\r\n");
      target.pipe(client).pipe(target);
    });
    target.on("error", () => client.destroy());
    client.on("error", () => target.destroy());
  });
  await Promise.all([listening(proxy), listening(safe), listening(plain)]);
});
afterEach(() => {
  for (const server of [proxy, safe, plain]) {
    server.closeAllConnections();
    server.close();
  }
});

const init = (): { readonly signal: AbortSignal; readonly headers: Record<string, string> } => ({ signal: AbortSignal.timeout(60_000), headers: { range: "bytes=0-3" } });

describe("fetching through a proxy", () => {
  test("asks it for a line to the right host, sends the part's range through it, and reads the answer", async () => {
    const fetch = createFetch({ HTTPS_PROXY: `http://me:se%20cret@127.0.0.1:${port(proxy)}` }, CERTIFICATE);
    const answer = await fetch("https://models.example/some/file?x=1", init());
    expect([answer.status, answer.headers.get("content-range"), answer.headers.get("etag"), await answer.text()]).toEqual([206, "bytes 0-3/4", '"e"', "GGUF"]);
    expect(seen).toEqual([{ method: "CONNECT", target: "models.example:443", authorization: `Basic ${Buffer.from("me:se cret").toString("base64")}` }]);
    expect(asked[0]?.url).toBe("/some/file?x=1");
    expect(asked[0]?.headers["range"]).toBe("bytes=0-3");
    expect(asked[0]?.headers["proxy-authorization"]).toBeUndefined();
  });

  test("follows where the file has moved to, with the range", async () => {
    const fetch = createFetch({ https_proxy: `127.0.0.1:${port(proxy)}` }, CERTIFICATE);
    expect(await (await fetch("https://models.example/moved", init())).text()).toBe("GGUF");
    expect(asked.map(({ url, headers }) => [url, headers["range"]])).toEqual([["/moved", "bytes=0-3"], ["/file", "bytes=0-3"]]);
  });

  test("trusts no certificate that it should not", async () => {
    const fetch = createFetch({ HTTPS_PROXY: `http://127.0.0.1:${port(proxy)}` });
    await expect(fetch("https://models.example/file", init())).rejects.toThrow(/certificate/);
    expect(asked).toEqual([]);
  });

  test("rejects when the proxy refuses", async () => {
    refuse = 407;
    await expect(createFetch({ HTTPS_PROXY: `http://127.0.0.1:${port(proxy)}` }, CERTIFICATE)("https://models.example/file", init())).rejects.toThrow("407");
  });

  test("hands plain requests to the proxy as a whole", async () => {
    const fetch = createFetch({ HTTP_PROXY: `http://127.0.0.1:${port(proxy)}` });
    expect(await (await fetch("http://mirror.example/file", init())).text()).toBe("through the proxy");
    expect(seen).toEqual([{ method: "GET", target: "http://mirror.example/file", authorization: undefined }]);
  });

  test("goes straight to this computer, and to what NO_PROXY names", async () => {
    const variables = { HTTP_PROXY: `http://127.0.0.1:${port(proxy)}`, NO_PROXY: "other.example, .stays.invalid" };
    expect(await (await createFetch(variables)(`http://127.0.0.1:${port(plain)}/`, init())).text()).toBe("plain");
    await expect(createFetch(variables)("http://a.stays.invalid/", init())).rejects.toThrow("fetch failed");
    expect(seen).toEqual([]);
  });

  test("is the platform's own way without a proxy", async () => {
    expect(await (await createFetch({})(`http://127.0.0.1:${port(plain)}/`, init())).text()).toBe("plain");
  });
});
