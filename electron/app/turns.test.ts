import { describe, expect, it } from "vitest";
import type { Cancel } from "../agent/model.ts";
import { createTurns } from "./turns.ts";

const untilAborted = (cancel: Cancel): Promise<string> => new Promise((resolve) => cancel.addEventListener("abort", () => resolve("given up")));
const never = (): Cancel => new AbortController().signal;
/** Long enough for everything that happens at once to have happened. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe("turns at the model", () => {
  it("let patient work run to its end when nobody else asks", async () => {
    expect(await createTurns().patient(never(), () => Promise.resolve("done"))).toBe("done");
  });

  it("interrupt patient work for an urgent sentence, which starts only after that has ended", async () => {
    const turns = createTurns();
    const order: string[] = [];
    const patient = turns.patient(never(), async (cancel) => {
      await untilAborted(cancel);
      await settle();
      order.push("patient ended");
      return "what it came to counts for nothing";
    });
    await turns.urgent(async () => void order.push("urgent"));
    expect(await patient).toBe("interrupted");
    expect(order).toEqual(["patient ended", "urgent"]);
  });

  it("keep patient work waiting until every urgent sentence is done", async () => {
    const turns = createTurns();
    const order: string[] = [];
    let finish = (): void => undefined;
    const slow = turns.urgent(() => new Promise<void>((resolve) => (finish = resolve)).then(() => void order.push("slow")));
    const quick = turns.urgent(async () => void order.push("quick"));
    const patient = turns.patient(never(), async () => void order.push("patient"));
    await quick;
    await settle();
    finish();
    await Promise.all([slow, patient]);
    expect(order).toEqual(["quick", "slow", "patient"]);
  });

  it("end the wait, and the work, of whoever gives up", async () => {
    const turns = createTurns();
    const waiting = new AbortController();
    void turns.urgent(() => new Promise(() => undefined));
    const seen: boolean[] = [];
    const patient = turns.patient(waiting.signal, (cancel) => Promise.resolve(void seen.push(cancel.aborted)));
    await settle();
    expect(seen).toEqual([]);
    waiting.abort();
    await patient;
    expect(seen).toEqual([true]);
    const working = new AbortController();
    const worked = createTurns().patient(working.signal, untilAborted);
    await settle();
    working.abort();
    expect(await worked).toBe("given up");
  });

  it("let others go on when an urgent sentence breaks", async () => {
    const turns = createTurns();
    await expect(turns.urgent(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await turns.patient(never(), () => Promise.resolve("done"))).toBe("done");
  });
});
