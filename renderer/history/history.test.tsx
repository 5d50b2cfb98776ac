import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { fakeState } from "../fake-states.ts";
import { appViews, history } from "../fake-views.ts";
import { History } from "./history.tsx";
import { whenWords } from "./when.ts";

afterEach(cleanup);

describe("the history page", () => {
  it("offers Undo only where it is possible, and shows the list anew afterwards", async () => {
    const bridge = fakeState("busy");
    render(<History bridge={bridge} />);
    const undo = await screen.findAllByRole("button", { name: /^Undo/ });
    expect(undo).toHaveLength(2);
    bridge.answer("history", history.map((row) => ({ ...row, undoable: false })));
    await act(async () => void fireEvent.click(undo[1] as HTMLElement));
    expect(bridge.asked).toContainEqual({ name: "undo", input: { batch: "b-3" } });
    expect(screen.queryByRole("button", { name: /^Undo/ })).toBeNull();
  });

  it("says so when nothing was saved yet, and fills when something was", async () => {
    const bridge = fakeState("no-history");
    render(<History bridge={bridge} />);
    expect(await screen.findByText("Nothing was saved from here yet.")).toBeTruthy();
    bridge.answer("history", history);
    await act(async () => bridge.notify("state", appViews.busy));
    expect(screen.getAllByRole("listitem")).toHaveLength(history.length);
  });
});

it.each([
  ["2026-04-06T14:02:00", "Mon 6 Apr, 14:02"],
  ["not a time", "not a time"],
])("%s is shown as %s", (at, words) => {
  expect(whenWords(at)).toBe(words);
});
