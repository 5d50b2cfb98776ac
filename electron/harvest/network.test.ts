import { expect, test } from "vitest";
import { isExempt, networkOf } from "./network.ts";

const harvest = new URL("https://api.harvestapp.com/v2/users/me");

test.each([
  ["*", true],
  ["harvestapp.com", true],
  [".harvestapp.com", true],
  ["*.harvestapp.com", true],
  ["API.HARVESTAPP.COM", true],
  ["localhost, api.harvestapp.com", true],
  ["localhost api.harvestapp.com", true],
  ["api.harvestapp.com:443", true],
  ["api.harvestapp.com:8443", false],
  ["vestapp.com", false],
  ["app.com", false],
  ["", false],
  [".", false],
])("NO_PROXY=%j exempts Harvest: %s", (rules, exempt) => {
  expect(isExempt(harvest, rules)).toBe(exempt);
});

test.each([
  [{ HTTPS_PROXY: "http://proxy.example:3128" }, "http://proxy.example:3128/"],
  [{ https_proxy: "proxy.example:3128" }, "http://proxy.example:3128/"],
  [{ https_proxy: "low.example:1", HTTPS_PROXY: "high.example:1" }, "http://low.example:1/"],
  [{ ALL_PROXY: "https://all.example" }, "https://all.example/"],
  [{ ALL_PROXY: "https://all.example", HTTPS_PROXY: "mine.example" }, "http://mine.example/"],
  [{ HTTPS_PROXY: "socks5://proxy.example:1080" }, undefined],
  [{ HTTPS_PROXY: "http://proxy.example", no_proxy: "harvestapp.com" }, undefined],
  [{ HTTP_PROXY: "http://proxy.example" }, undefined],
  [{}, undefined],
])("with %j Harvest is reached by %s", (env, address) => {
  expect(networkOf(env).proxyFor?.(harvest)?.href).toBe(address);
});

test("a certificate file that is not there, or is none, is passed over, as Node does", () => {
  for (const file of ["/no/such/file.pem", import.meta.filename]) expect(networkOf({ NODE_EXTRA_CA_CERTS: file, HTTPS_PROXY: "proxy.example:1" }).proxyFor?.(harvest)?.hostname).toBe("proxy.example");
});
