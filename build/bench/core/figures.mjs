/** Figures of repeated measurements, in milliseconds. */
import { PerformanceObserver } from "node:perf_hooks";

const sorted = (values) => values.toSorted((a, b) => a - b);
/** The value below which that part of the values lies. */
export const quantile = (values, part) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))];

/**
 * How long one call takes, in milliseconds: on the clock, which other programs of a busy machine lengthen; on the processor, where what the engine compiles and
 * collects meanwhile in other threads is counted too; and `own`, the smaller of the two. What the call itself needs is never more than either.
 */
export function time(call) {
  const before = process.cpuUsage();
  const began = performance.now();
  call();
  const clock = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1000;
  return { began, clock, cpu, own: Math.min(clock, cpu) };
}

/** Listens to the garbage collector until the answer is called, which gives when it stopped the program and for how many milliseconds. */
function watchCollector() {
  const stops = [];
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) stops.push({ at: startTime, ms: duration });
  });
  observer.observe({ entryTypes: ["gc"] });
  return async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    observer.disconnect();
    return stops;
  };
}

const spread = (values) => ({ p50: quantile(values, 0.5), p95: quantile(values, 0.95), worst: Math.max(...values) });

/**
 * Times a call on each text, in turns rather than one text after the other, so that a busy moment of the machine does not fall on one of them. `slowest` is the
 * text whose own median is highest: the worst that reading does, where `worst` is the worst single call, with whatever else the machine did just then.
 */
export async function measure(texts, call, { least = 300, rounds = 5 } = {}) {
  const turns = Math.max(rounds, Math.ceil(least / texts.length));
  for (const text of texts) call(text);
  const byText = texts.map(() => []);
  const stops = watchCollector();
  for (let turn = 0; turn < turns; turn += 1) for (const [n, text] of texts.entries()) byText[n].push(time(() => call(text)));
  const all = byText.flat();
  const collected = await stops();
  // What remains of a call when the collector's stops in it are taken out.
  const without = all.map((each) => each.own - collected.filter((stop) => stop.at >= each.began && stop.at < each.began + each.clock).reduce((sum, stop) => sum + stop.ms, 0));
  return { runs: all.length, clock: spread(all.map((each) => each.clock)), cpu: spread(all.map((each) => each.cpu)), own: spread(all.map((each) => each.own)), worstWithoutCollector: Math.max(...without), collections: collected.length, slowest: Math.max(...byText.map((times) => quantile(times.map((each) => each.own), 0.5))) };
}

/** A length of time for a table: about three significant digits. */
export const show = (ms) => (ms === undefined ? "-" : ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms >= 0.1 ? ms.toFixed(2) : ms.toFixed(3));

/** A figure against its limit, in words. */
export const against = (value, limit) => (value <= limit ? "within" : "OVER");
