import { expect, test } from "vitest";
import { cleanToken, createTransport, trustedOrigin } from "./http.ts";
import type { Fetch } from "./types.ts";

test.each([
  ["https://api.harvestapp.com", "https://api.harvestapp.com"],
  ["https://id.getharvest.com/", "https://id.getharvest.com"],
  ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
  ["http://127.9.9.9:1", "http://127.9.9.9:1"],
  ["https://localhost:8443/x", "https://localhost:8443"],
  ["http://[::1]:99", "http://[::1]:99"],
  ["http://api.harvestapp.com", undefined],
  ["https://api.harvestapp.com.evil.example", undefined],
  ["https://evil.example", undefined],
  ["http://127.0.0.1.evil.example", undefined],
  ["http://127.0.0.1@evil.example", undefined],
  ["http://user:pass@127.0.0.1", undefined],
  ["ftp://127.0.0.1", undefined],
  ["not an address", undefined],
])("a token may go to %s: %s", (address, origin) => {
  expect(trustedOrigin(address)).toBe(origin);
});

test.each([
  ["  abc.DEF-1\n", "abc.DEF-1"],
  ["abc\ndef", undefined],
  ["abc def", undefined],
  ["abc\u0000", undefined],
  ["tök", undefined],
  ["   ", undefined],
  ["", undefined],
])("the token %j is taken as %j", (token, clean) => {
  expect(cleanToken(token)).toBe(clean);
});

function transport(fetch: Fetch, waits: number[] = []) {
  const made = createTransport({ token: "t0ken", userAgent: "Stint (x@stint.example)", fetch, random: () => 0, sleep: (ms) => { waits.push(ms); return Promise.resolve(); } }, "http://127.0.0.1:1");
  if ("kind" in made) throw new Error(made.message);
  return made;
}
const url = "http://127.0.0.1:1/v2/x";

/** Answers with these statuses in turn, then with 200; counts what it was asked. */
function turns(...statuses: (number | "broken")[]) {
  const asked: string[] = [];
  const fetch: Fetch = (_, init) => {
    asked.push(init.method ?? "");
    const status = statuses.shift() ?? 200;
    return status === "broken" ? Promise.reject(new TypeError("fetch failed")) : Promise.resolve(new Response("{}", { status }));
  };
  return { asked, fetch };
}

test("a read is tried again after a fault, a broken line and a 429, at most three times", async () => {
  const some = turns(500, "broken", 429);
  expect((await transport(some.fetch).send({ method: "GET", url })).kind).toBe("ok");
  const many = turns(500, 500, 500, 500, 500);
  expect(await transport(many.fetch).send({ method: "GET", url })).toMatchObject({ code: "server" });
  expect(many.asked).toHaveLength(4);
});

test("a write is sent again after a 429 only", async () => {
  const limited = turns(429);
  expect((await transport(limited.fetch).send({ method: "POST", url, body: {} })).kind).toBe("ok");
  expect(limited.asked).toHaveLength(2);
  for (const status of [500, "broken"] as const) {
    const faulty = turns(status);
    expect(await transport(faulty.fetch).send({ method: "POST", url, body: {} })).toMatchObject({ unknown: true });
    expect(faulty.asked).toHaveLength(1);
  }
});

test("waits grow, and follow Retry-After", async () => {
  const waits: number[] = [];
  await transport(turns(500, 500, 500).fetch, waits).send({ method: "GET", url });
  expect(waits).toEqual([500, 1000, 2000]);
  const told: number[] = [];
  let first = true;
  const fetch: Fetch = () => {
    const status = first ? 429 : 200;
    first = false;
    return Promise.resolve(new Response("{}", { status, headers: { "Retry-After": "3" } }));
  };
  await transport(fetch, told).send({ method: "GET", url });
  expect(told).toEqual([3000]);
});

test("a wait of more than a minute is left to the caller", async () => {
  const waits: number[] = [];
  const fetch: Fetch = () => Promise.resolve(new Response("", { status: 429, headers: { "Retry-After": "300" } }));
  expect(await transport(fetch, waits).send({ method: "GET", url })).toMatchObject({ code: "rate-limited", retryAfterSec: 300 });
  expect(waits).toEqual([]);
});

test("a request that was stopped says so and is not sent again", async () => {
  const stop = new AbortController();
  stop.abort();
  const made = createTransport({ token: "t", userAgent: "Stint (x)", signal: stop.signal, fetch: () => { throw new Error("sent"); } }, "http://127.0.0.1:1");
  if ("kind" in made) throw new Error(made.message);
  expect(await made.send({ method: "GET", url })).toMatchObject({ code: "timeout", unknown: false });
});

test("an answer that is not data is not taken for one", async () => {
  const fetch: Fetch = () => Promise.resolve(new Response("<html>", { status: 200 }));
  expect(await transport(fetch).send({ method: "POST", url, body: {} })).toMatchObject({ code: "changed-shape", unknown: true });
});
