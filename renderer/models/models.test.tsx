import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { FakeBridge } from "../fake-bridge.ts";
import { fakeState } from "../fake-states.ts";
import { appViews, manyModels } from "../fake-views.ts";
import { Models } from "./models.tsx";

afterEach(cleanup);

async function open(models = manyModels): Promise<FakeBridge> {
  const bridge = fakeState("models").answer("state", { ...appViews.busy, models });
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
});
