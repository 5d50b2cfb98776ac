import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { FakeBridge } from "../fake-bridge.ts";
import { fakeState } from "../fake-states.ts";
import { appViews, manyModels, manyOffers } from "../fake-views.ts";
import { Models } from "./models.tsx";

afterEach(cleanup);

async function open(models = manyModels): Promise<FakeBridge> {
  const bridge = fakeState("models").answer("state", { ...appViews.busy, models, offers: manyOffers });
  render(<Models bridge={bridge} />);
  await screen.findByRole("radio", { name: "Rules only" });
  return bridge;
}

const asked = (bridge: FakeBridge): unknown => bridge.asked.filter(({ name }) => name !== "state");
const click = (role: "button" | "radio", name: string | RegExp): Promise<void> => act(async () => void fireEvent.click(screen.getByRole(role, { name })));

describe("the models page", () => {
  it("marks the chosen model and asks for another one when it is picked", async () => {
    const bridge = await open();
    expect(screen.getByRole<HTMLInputElement>("radio", { name: /^Gemma 3 1B/ }).checked).toBe(true);
    await click("radio", "Rules only");
    expect(asked(bridge)).toEqual([{ name: "use-model", input: { id: "rules" } }]);
  });

  it("removes a model only after a second yes", async () => {
    const bridge = await open();
    await click("button", /^Remove Qwen3/);
    expect(asked(bridge)).toEqual([]);
    await click("button", "Keep");
    await click("button", /^Remove Qwen3/);
    await click("button", "Remove");
    expect(asked(bridge)).toEqual([{ name: "remove-model", input: { id: "c" } }]);
  });

  it("does not offer to remove the rules or to choose a model whose file is gone", async () => {
    await open();
    expect(screen.queryByRole("button", { name: /Remove Rules/ })).toBeNull();
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Phi 4 mini" }).disabled).toBe(true);
  });

  it("offers to free the memory only while a model is in it", async () => {
    await open([{ ...manyModels[0], chosen: true }, manyModels[3]].flatMap((row) => (row ? [row as (typeof manyModels)[number]] : [])));
    expect(screen.queryByRole("button", { name: "Unload now" })).toBeNull();
  });

  it("says why a file was not added", async () => {
    await open();
    await click("button", "Add a model file…");
    expect(screen.getByRole("alert").textContent).toBe("This file is not a model Stint can read");
  });

  it("shows whether a model fits, how fast it is here and how good it was found to be", async () => {
    await open();
    expect(screen.getByText("Fits: 1.1 of 11.0 GB graphics memory. · 0.8 s a sentence here · 31 of 40 right, 9 asked, 0 wrong; measured 24 Nov")).toBeDefined();
    expect(screen.getByText(/speed not measured yet; .* · score not measured yet$/)).toBeDefined();
  });

  it("measures a model on request and says what it came to", async () => {
    const bridge = await open();
    await click("button", "Measure Gemma 3 1B Instruct Q4_K_M");
    expect(asked(bridge)).toEqual([{ name: "measure-model", input: { id: "a" } }]);
    expect(screen.getByText("Gemma 3 1B Instruct Q4_K_M: 31 of 40 right, 9 asked, 0 wrong.")).toBeDefined();
  });

  it("says what measuring is where there is a model to measure, and only there", async () => {
    const hint = /^Measure reads forty made-up sentences/;
    await open();
    expect(screen.getByText(hint)).toBeDefined();
    cleanup();
    await open(manyModels.slice(0, 1));
    expect(screen.queryByText(hint)).toBeNull();
  });

  it("offers to measure neither the rules nor a model whose file is gone", async () => {
    await open();
    expect(screen.getAllByRole("button", { name: /^Measure / }).map(({ textContent }) => textContent)).toEqual(manyModels.slice(1, 5).map(({ name }) => `Measure ${name}`));
  });

  it("shows how far a measurement is and stops it, and starts no second one meanwhile", async () => {
    const bridge = fakeState("measuring");
    render(<Models bridge={bridge} />);
    const progress = await screen.findByRole<HTMLProgressElement>("progressbar", { name: "Measuring Gemma 3 1B Instruct Q4_K_M" });
    expect([progress.value, progress.max]).toEqual([12, 40]);
    expect(screen.getByText("Measuring: 12 of 40, about 2 min left")).toBeDefined();
    expect(screen.queryByRole("button", { name: "Measure Gemma 3 1B Instruct Q4_K_M" })).toBeNull();
    expect(screen.getAllByRole<HTMLButtonElement>("button", { name: /^Measure / }).every(({ disabled }) => disabled)).toBe(true);
    await click("button", "Stop Gemma 3 1B Instruct Q4_K_M");
    expect(asked(bridge)).toEqual([{ name: "stop-measuring", input: undefined }]);
  });

  it("offers the models that are not here, with what they would take, and the best one marked", async () => {
    await open();
    const offers = screen.getByRole("region", { name: "To download" });
    expect([...offers.querySelectorAll("h3")].map(({ textContent }) => textContent)).toEqual(["Gemma 4 26B-A4B", "Gemma 4 12B", "Gemma 4 E4B", "Qwen3.5 9B", "Qwen3-Coder-Next"]);
    expect(offers.textContent).toContain("Best for this computer");
    expect(offers.textContent).toContain("Does not fit");
    expect(offers.textContent).toContain("34 % of 7.0 GB, 45 MB/s, 102 s left");
  });

  it("downloads, pauses, goes on and deletes what arrived", async () => {
    const bridge = await open();
    await click("button", "Download Gemma 4 26B-A4B");
    await click("button", "Pause Gemma 4 12B");
    await click("button", "Go on Gemma 4 E4B");
    await click("button", "Delete what arrived Gemma 4 E4B");
    expect(asked(bridge)).toEqual([
      { name: "get-model", input: { id: "gemma-4-26b-a4b" } },
      { name: "pause-download", input: { id: "gemma-4-12b" } },
      { name: "get-model", input: { id: "gemma-4-e4b" } },
      { name: "discard-download", input: { id: "gemma-4-e4b" } },
    ]);
  });
});
