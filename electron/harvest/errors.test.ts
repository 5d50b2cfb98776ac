import { describe, expect, test } from "vitest";
import { brokenOf, failureOf, lateOf } from "./errors.ts";

const NOW = new Date("2026-04-06T13:00:00Z");
const read = { write: false, secrets: ["tok-secret"] };
const write = { write: true, secrets: ["tok-secret", "Fixed the vault door"] };
const answer = (status: number, text = "", retryAfter: string | null = null) => ({ status, text, retryAfter });

describe("an answer outside 2xx becomes one failure", () => {
  test.each([
    [401, '{"error":"invalid_token","error_description":"The access token provided is expired."}', "unauthorised"],
    [403, '{"message":"Not authorized!"}', "forbidden"],
    [403, "<html>edge</html>", "forbidden"],
    [404, '{"status":404,"error":"Not Found"}', "not-found"],
    [422, `{"message":"Project can't be blank"}`, "refused"],
    [400, "", "refused"],
    [429, "", "rate-limited"],
    [500, '{"message":"x"}', "server"],
    [503, "<html>busy</html>", "server"],
    [302, "", "changed-shape"],
  ])("%i %s is %s", (status, text, code) => {
    expect(failureOf(answer(status, text), read, NOW)).toMatchObject({ kind: "failed", code, unknown: false });
  });

  test("a refusal shows Harvest's own sentence", () => {
    expect(failureOf(answer(422, `{"message":"Project can't be blank, Task can't be blank"}`), write, NOW).message).toBe("Harvest refused it: Project can't be blank, Task can't be blank");
  });

  test.each(["<html><body>no</body></html>", "{", '{"message":{"a":1}}', '["x"]'])("a refusal with the body %s still has a sentence", (text) => {
    expect(failureOf(answer(422, text), write, NOW).message).toBe("Harvest refused it (HTTP 422).");
  });

  test("a refusal that repeats the token or the note says neither", () => {
    for (const secret of write.secrets) {
      expect(failureOf(answer(422, JSON.stringify({ message: `Bad: ${secret}` })), write, NOW).message).not.toContain(secret);
    }
  });

  test("a long refusal is cut to one line that fits", () => {
    const { message } = failureOf(answer(422, JSON.stringify({ message: `a\nb ${"x".repeat(500)}` })), write, NOW);
    expect(message.length).toBeLessThan(230);
    expect(message).toContain("a b xxx");
  });
});

test.each([
  ["7", "", 7],
  ["Mon, 06 Apr 2026 13:00:09 GMT", "", 9],
  ["Mon, 06 Apr 2026 12:00:00 GMT", "", 0],
  [null, '{"retry_after":4.2,"message":"slow down"}', 5],
  [null, "", 15],
  ["soon", "<html></html>", 15],
])("Retry-After %s with the body %s waits %i s", (header, text, seconds) => {
  expect(failureOf(answer(429, text, header), read, NOW).retryAfterSec).toBe(seconds);
});

test("a server's fault after a write leaves it open whether it took effect, a refusal does not", () => {
  expect(failureOf(answer(502, "<html>"), write, NOW).unknown).toBe(true);
  expect(failureOf(answer(422), write, NOW).unknown).toBe(false);
  expect(failureOf(answer(429), write, NOW).unknown).toBe(false);
});

test("what never left this computer cannot have carried a write, a line that broke later can", () => {
  expect(brokenOf("ECONNREFUSED", false)).toMatchObject({ code: "offline", unknown: false });
  expect(brokenOf("ECONNRESET", true)).toMatchObject({ code: "offline", unknown: true });
  expect(lateOf("connect", false)).toMatchObject({ code: "timeout", unknown: false });
  expect(lateOf("first-byte", true)).toMatchObject({ code: "timeout", unknown: true });
});

test.each([
  ["PROXY", "proxy"],
  ["PROXY_AUTH", "name and password"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate"],
  ["ENOTFOUND", "cannot be reached"],
])("a line that could not be made because of %s says %s", (code, word) => {
  expect(brokenOf(code, false).message).toContain(word);
});

test("a moment in Retry-After is told by the server's clock, not by ours", () => {
  const wait = { ...answer(429, "", "Mon, 06 Apr 2026 15:00:09 GMT"), date: "Mon, 06 Apr 2026 15:00:00 GMT" };
  expect(failureOf(wait, read, NOW).retryAfterSec).toBe(9);
});
