import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { build } from "vite";
import { describe, expect, onTestFinished, test } from "vitest";
import { createMemoryPace, createSharedPace, slotsOf } from "./pace.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "stint-pace-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** The most requests that any window of `ms` holds. */
function most(times: readonly number[], ms: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.max(0, ...sorted.map((start) => sorted.filter((at) => at >= start && at < start + ms).length));
}

test("no window ever holds more than is allowed, and nobody waits who need not", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (arrivals, allowed) => {
      expect(most(slotsOf(arrivals, allowed, 1000), 1000)).toBeLessThanOrEqual(allowed);
      const stamps = arrivals.toSorted((a, b) => a - b);
      const slots = slotsOf(stamps, allowed, 1000);
      for (const [at, slot] of slots.entries()) {
        expect(slot).toBeGreaterThanOrEqual(stamps[at] ?? 0);
        if (at < allowed) expect(slot).toBe(stamps[at]);
      }
    }),
  );
});

describe.each([
  ["kept by one process", (now: () => number) => createMemoryPace({ allowed: 3, windowMs: 1000, now })],
  ["kept in a folder", (now: () => number) => createSharedPace(folder(), { allowed: 3, windowMs: 1000, now })],
])("a pace %s", (_, make) => {
  test("lets the allowed go at once and makes the next wait for the first to leave the window", () => {
    const time = { now: 1_775_480_400_000 };
    const pace = make(() => time.now);
    expect([pace.take(), pace.take(), pace.take()]).toEqual([0, 0, 0]);
    time.now += 400;
    expect([pace.take(), pace.take(), pace.take(), pace.take()]).toEqual([600, 600, 600, 1600]);
    time.now += 60_000;
    expect(pace.take()).toBe(0);
  });
});

describe("a pace in a folder", () => {
  const now = 1_775_480_400_000;
  const options = (at: () => number) => ({ allowed: 3, windowMs: 1000, now: at });

  test("is shared: what one process sent, the other waits for", () => {
    const place = folder();
    const [app, terminal] = [createSharedPace(place, options(() => now)), createSharedPace(place, options(() => now))];
    expect([app.take(), app.take(), terminal.take(), terminal.take(), app.take()]).toEqual([0, 0, 0, 1000, 1000]);
  });

  test("holds over the turn of a minute", () => {
    const place = folder();
    const time = { now: Math.ceil(now / 60_000) * 60_000 - 1 };
    const pace = createSharedPace(place, options(() => time.now));
    expect([pace.take(), pace.take(), pace.take()]).toEqual([0, 0, 0]);
    time.now += 1;
    expect(pace.take()).toBe(999);
  });

  test("does not wait for requests of a future that a clock set back has left behind", () => {
    const place = folder();
    const time = { now };
    const pace = createSharedPace(place, options(() => time.now));
    for (let nth = 0; nth < 9; nth += 1) pace.take();
    time.now -= 20_000;
    expect(pace.take()).toBe(0);
    time.now -= 3_600_000;
    expect(pace.take()).toBe(0);
  });

  test("a line that was cut or is no line at all costs nothing", () => {
    const place = folder();
    const pace = createSharedPace(place, options(() => now));
    pace.take();
    const file = join(place, readdirSync(place)[0] ?? "");
    appendFileSync(file, `\n${now} 0000`);
    appendFileSync(file, "\u0000\u0000 rubbish");
    expect([pace.take(), pace.take(), pace.take()]).toEqual([0, 0, 1000]);
  });

  test("keeps two minutes of lines and no more", () => {
    const place = folder();
    const time = { now };
    const pace = createSharedPace(place, options(() => time.now));
    for (let minute = 0; minute < 10; minute += 1) {
      pace.take();
      time.now += 60_000;
    }
    expect(readdirSync(place).length).toBeLessThanOrEqual(2);
  });

  test("still holds for this process where the folder cannot be used", () => {
    const place = folder();
    writeFileSync(join(place, "file"), "");
    const pace = createSharedPace(join(place, "file", "below"), { allowed: 2, windowMs: 60_000 });
    expect([pace.take(), pace.take()]).toEqual([0, 0]);
    expect(pace.take()).toBeGreaterThan(50_000);
  });

  test("three processes together stay within what one is allowed", { timeout: 30_000 }, async () => {
    const place = folder();
    await build({ configFile: false, logLevel: "silent", build: { ssr: join(import.meta.dirname, "pace.ts"), outDir: place, emptyOutDir: false, rollupOptions: { output: { entryFileNames: "pace.mjs" } } } });
    writeFileSync(join(place, "taker.mjs"), `
import { createSharedPace } from "./pace.mjs";
let asked = 0;
const pace = createSharedPace(process.argv[2], { allowed: 10, windowMs: 400, now: () => (asked = Date.now()) });
for (let nth = 0; nth < 20; nth += 1) {
  const wait = pace.take();
  console.log(asked + wait);
  await new Promise((resolve) => setTimeout(resolve, wait));
}`);
    const takers = await Promise.all([1, 2, 3].map(() => new Promise<string>((resolve) => {
      const child = spawn(process.execPath, [join(place, "taker.mjs"), join(place, "rows")], { stdio: ["ignore", "pipe", "inherit"] });
      let out = "";
      child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
      child.on("close", () => resolve(out));
    })));
    const times = takers.join("").trim().split("\n").map(Number);
    expect(times).toHaveLength(60);
    // The places that were given out, not when the processes woke up for them.
    expect(most(times, 400)).toBeLessThanOrEqual(10);
  });
});
