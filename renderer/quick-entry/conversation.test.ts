import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReadingView } from "../../electron/ipc/contract.ts";
import { receipt, views } from "../fake-views.ts";
import { start, step } from "./conversation.ts";
import type { Conversation } from "./conversation.ts";
import type { Ask, Happening } from "./happening.ts";
import { phaseOf } from "./phase.ts";

const enter: Happening = { type: "enter", stay: false, model: true };

/** Runs happenings and answers each "read" at once with the view given for that text. */
function run(events: readonly Happening[], view: ReadingView = views.plain, from: Conversation = start): { state: Conversation; asks: Ask[] } {
  let state = from;
  const asks: Ask[] = [];
  const happen = (event: Happening): void => {
    const next = step(state, event);
    state = next.state;
    for (const ask of next.asks) {
      asks.push(ask);
      if (ask.ask === "read") happen({ type: "read", sequence: ask.sequence, view: { ...view, text: ask.text } });
    }
  };
  for (const event of events) happen(event);
  return { state, asks };
}

const typed = (text: string): Happening => ({ type: "typed", text });
const writes = (asks: readonly Ask[]): readonly Ask[] => asks.filter(({ ask }) => ask === "commit");
const lastPins = (asks: readonly Ask[]): unknown => asks.flatMap((ask) => (ask.ask === "read" ? [ask.pins] : [])).at(-1);

describe("reading", () => {
  it("asks for a reading at every change of the text, and for none of an empty field", () => {
    const { asks } = run([typed("2"), typed("2h"), typed("2h"), typed("")]);
    expect(asks).toEqual([
      { ask: "read", sequence: 1, text: "2", pins: [] },
      { ask: "read", sequence: 2, text: "2h", pins: [] },
    ]);
  });

  it("drops pins when the field is emptied and keeps them while it is written on", () => {
    const pinned = run([typed("2h acme"), { type: "pinned", pins: [{ op: 0, field: "hours", value: 3 }] }, typed("2h acme x")]);
    expect(lastPins(pinned.asks)).toEqual([{ op: 0, field: "hours", value: 3 }]);
    expect(lastPins(run([typed(""), typed("1h")], views.plain, pinned.state).asks)).toEqual([]);
  });

  it("replaces a pin of the same part and forgets a task when its project changes", () => {
    const { state } = run([
      typed("2h"),
      { type: "pinned", pins: [{ op: 0, field: "project", value: 1 }, { op: 0, field: "task", value: 7 }, { op: 1, field: "task", value: 8 }] },
      { type: "pinned", pins: [{ op: 0, field: "project", value: 2 }] },
    ]);
    expect(state.pins).toEqual([{ op: 1, field: "task", value: 8 }, { op: 0, field: "project", value: 2 }]);
  });

  it("never shows an answer to an older text, in whatever order answers come", () => {
    const texts = fc.array(fc.constantFrom("1h a", "2h b", "3h c", ""), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.nat()), (list, luck) => {
        let state = start;
        const [shown, texted]: [string[], string[]] = [[], []];
        const open: Extract<Ask, { ask: "read" | "think" }>[] = [];
        const answerOne = (): void => {
          const [ask] = open.splice(Number(luck.next().value) % open.length, 1);
          if (ask) state = step(state, { type: "read", sequence: ask.sequence, view: { ...views.plain, text: ask.text } }).state;
        };
        for (const text of list) {
          const next = step(state, typed(text));
          state = next.state;
          for (const ask of next.asks) if (ask.ask === "read" || ask.ask === "think") open.push(ask);
          if (open.length > 0 && Number(luck.next().value) % 2 === 0) answerOne();
          shown.push(state.pending || !state.view ? state.text : state.view.text);
          texted.push(state.text);
        }
        while (open.length > 0) answerOne();
        expect(shown).toEqual(texted);
        expect(state.pending).toBe(false);
        expect(state.view?.text ?? "").toBe(state.text);
      }),
    );
  });

  it("drops an answer made with older pins though the text is the same", () => {
    const first = step(start, typed("2h"));
    const second = step(first.state, { type: "pinned", pins: [{ op: 0, field: "hours", value: 3 }] });
    const late = step(second.state, { type: "read", sequence: 1, view: { ...views.plain, text: "2h" } });
    expect(late.state.pending).toBe(true);
  });
});

describe("Enter", () => {
  it("saves a plain entry at once, with the digest that was shown", () => {
    const { asks, state } = run([typed("2h"), enter]);
    expect(writes(asks)).toEqual([{ ask: "commit", text: "2h", pins: [], digest: "d-plain", skip: [] }]);
    expect(phaseOf(state)).toBe("saving");
  });

  it("arms a preview first and saves with the second press", () => {
    const once = run([typed("move it"), enter], views.oneMove);
    expect(writes(once.asks)).toEqual([]);
    expect(once.state.armed).toBe(true);
    expect(writes(run([enter], views.oneMove, once.state).asks)).toHaveLength(1);
  });

  it("disarms a preview when the sentence or a part changes", () => {
    const armed = run([typed("move it"), enter], views.oneMove).state;
    expect(run([typed("move it all")], views.oneMove, armed).state.armed).toBe(false);
    expect(run([{ type: "pinned", pins: [{ op: 0, field: "hours", value: 1 }] }], views.oneMove, armed).state.armed).toBe(false);
  });

  it("takes the highlighted answer of a question and saves nothing, whatever the answer leads to", () => {
    const asked = run([typed("1h deep")], views.question);
    const taken = run([{ type: "moved", by: 1 }, enter], views.plain, asked.state);
    expect(writes(taken.asks)).toEqual([]);
    expect(lastPins(taken.asks)).toEqual([{ op: 0, field: "project", value: 32 }]);
    expect(taken.state.view?.kind).toBe("proposal");
  });

  it("opens the editor of the part for an answer that decides nothing", () => {
    const { state, asks } = run([typed("1h deep"), { type: "took", option: 2 }], views.question);
    expect(state.editor).toEqual({ op: 0, field: "project" });
    expect(asks.filter(({ ask }) => ask === "read")).toHaveLength(1);
  });

  it("pressed before the reading is there, saves what that reading shows once it is", () => {
    const first = step(start, typed("2h"));
    const waiting = step(first.state, enter);
    expect(waiting.asks).toEqual([]);
    const read = step(waiting.state, { type: "read", sequence: 1, view: { ...views.plain, text: "2h" } });
    expect(writes(read.asks)).toHaveLength(1);
  });

  it("pressed before the reading is there, never takes an answer that was not seen and only arms a preview", () => {
    const waiting = step(step(start, typed("x")).state, enter).state;
    const question = step(waiting, { type: "read", sequence: 1, view: { ...views.question, text: "x" } });
    expect(question.state.pins).toEqual([]);
    const preview = step(waiting, { type: "read", sequence: 1, view: { ...views.oneMove, text: "x" } });
    expect([preview.state.armed, preview.asks]).toEqual([true, []]);
  });

  it("typed over before the reading is there, saves nothing", () => {
    const { asks } = run([typed("x2")], views.plain, step(step(start, typed("x")).state, enter).state);
    expect(writes(asks)).toEqual([]);
  });

  it("leaves the unticked changes out and saves nothing when all are unticked", () => {
    const armed = run([typed("three"), enter, { type: "skipped", op: 1 }, enter], views.changes);
    expect(writes(armed.asks)).toEqual([{ ask: "commit", text: "three", pins: [], digest: "d-changes", skip: [1] }]);
    const none = run([typed("three"), enter, { type: "skipped", op: 0 }, { type: "skipped", op: 1 }, { type: "skipped", op: 2 }, enter], views.changes);
    expect(writes(none.asks)).toEqual([]);
  });

  it.each([["answer"], ["refusal"], ["nothing"], ["hours"]] as const)("does nothing on %s", (name) => {
    expect(run([typed("x"), enter], views[name]).asks.map(({ ask }) => ask)).toEqual(["read"]);
  });

  it("sends the same sentence once, however often it is pressed", () => {
    expect(writes(run([typed("2h"), enter, enter, enter]).asks)).toHaveLength(1);
  });
});

describe("the model", () => {
  const thinking = run([typed("shift it"), enter], views.needsModel);

  it("is asked by Enter only when one is chosen", () => {
    expect(thinking.asks.map(({ ask }) => ask)).toEqual(["read", "think"]);
    expect(run([typed("shift it"), { ...enter, model: false }], views.needsModel).asks.map(({ ask }) => ask)).toEqual(["read"]);
  });

  const thought = (sequence: number, text = "shift it"): Happening => ({ type: "thought", sequence, view: { ...views.modelMove, text } });

  it("has its change looked at, and saved with the next Enter", () => {
    const seen = step(thinking.state, thought(2));
    expect(phaseOf(seen.state)).toBe("preview");
    expect(seen.asks).toEqual([]);
    expect(writes(step(seen.state, enter).asks)).toHaveLength(1);
  });

  it("has its change armed first when Enter was pressed while it worked", () => {
    const impatient = step(thinking.state, enter).state;
    const seen = step(impatient, thought(2)).state;
    expect(writes(step(seen, enter).asks)).toEqual([]);
  });

  it("is stopped by Escape and by typing, and what it says afterwards is dropped", () => {
    const stopped = step(thinking.state, { type: "escaped" });
    expect(stopped.asks).toEqual([{ ask: "stop-thinking" }]);
    expect(step(stopped.state, thought(2)).state).toBe(stopped.state);
    const typedOn = step(thinking.state, typed("shift it all"));
    expect(typedOn.asks.map(({ ask }) => ask)).toEqual(["stop-thinking", "read"]);
    expect(step(typedOn.state, thought(2)).state).toBe(typedOn.state);
  });
});

describe("after saving", () => {
  const saving = run([typed("2h"), enter]).state;

  it("empties the field and shows the receipt", () => {
    const { state } = step(saving, { type: "committed", result: { kind: "saved", receipt } });
    expect([state.text, phaseOf(state)]).toEqual(["", "saved"]);
  });

  it("keeps the text when it failed, and Enter tries again", () => {
    const { state } = step(saving, { type: "committed", result: { kind: "failed", message: "Locked." } });
    expect([state.text, phaseOf(state)]).toEqual(["2h", "failed"]);
    expect(writes(step(state, enter).asks)).toHaveLength(1);
  });

  it("shows the new reading when the facts changed, unarmed", () => {
    const armed = run([typed("move"), enter, enter], views.oneMove).state;
    const { state } = step(armed, { type: "committed", result: { kind: "changed", view: { ...views.oneMove, text: "move", digest: "new" } } });
    expect([state.armed, state.view?.digest, state.outcome?.kind]).toEqual([false, "new", "changed"]);
  });

  it("puts the popup away with Enter, but stays after Ctrl+Enter", () => {
    const plain = step(saving, { type: "committed", result: { kind: "saved", receipt } }).state;
    expect(step(plain, enter).asks).toEqual([{ ask: "hide" }]);
    const on = run([typed("2h"), { ...enter, stay: true }]).state;
    const stayed = step(on, { type: "committed", result: { kind: "saved", receipt } }).state;
    expect(step(stayed, enter).asks).toEqual([]);
  });
});

describe("Escape", () => {
  it("goes back one level at a time: editor, question, then away with the text kept", () => {
    const open = run([typed("1h deep"), { type: "edited", op: 0, field: "hours" }], views.question).state;
    const one = step(open, { type: "escaped" });
    expect([one.state.editor, one.state.dismissed, one.asks]).toEqual([undefined, false, []]);
    const two = step(one.state, { type: "escaped" });
    expect([two.state.dismissed, two.asks]).toEqual([true, []]);
    const three = step(two.state, { type: "escaped" });
    expect([three.state.text, three.asks]).toEqual(["1h deep", [{ ask: "hide" }]]);
  });

  it("disarms a preview before it puts the popup away", () => {
    const armed = run([typed("move"), enter], views.oneMove).state;
    const one = step(armed, { type: "escaped" });
    expect([one.state.armed, one.asks]).toEqual([false, []]);
    expect(step(one.state, { type: "escaped" }).asks).toEqual([{ ask: "hide" }]);
  });

  it("after a closed question, Enter opens it again and saves nothing", () => {
    const closed = run([typed("1h deep"), { type: "escaped" }, enter], views.question);
    expect([closed.state.dismissed, writes(closed.asks)]).toEqual([false, []]);
  });
});

describe("earlier sentences", () => {
  const recent = ["newest", "older"];
  const back: Happening = { type: "recalled", by: 1, recent };
  const forward: Happening = { type: "recalled", by: -1, recent };

  it.each([
    [[back], "newest"],
    [[back, back], "older"],
    [[back, back, back], "older"],
    [[back, back, forward], "newest"],
    [[back, forward], ""],
  ] as const)("walk %# ends at the right one", (events, text) => {
    expect(run([...events]).state.text).toBe(text);
  });

  it("are not touched while a sentence is being written", () => {
    expect(run([typed("mine"), back]).state.text).toBe("mine");
  });
});

describe("shown again", () => {
  it("reads a kept sentence anew, since its days may mean others now", () => {
    expect(run([typed("2h yesterday"), { type: "shown" }]).asks.map(({ ask }) => ask)).toEqual(["read", "read"]);
  });

  it("has put the old receipt away", () => {
    const saved = step(run([typed("2h"), enter]).state, { type: "committed", result: { kind: "saved", receipt } }).state;
    expect(phaseOf(step(saved, { type: "shown" }).state)).toBe("empty");
  });
});

describe("the offer to remember words", () => {
  const remember = { name: "standup", place: "Internal › Team · Meetings" };
  const saved = (given: typeof receipt = { ...receipt, remember }) => run([typed("30m standup"), enter, { type: "committed", result: { kind: "saved", receipt: given } }]);

  it("asks the app only on a yes, and keeps the receipt with its Undo", () => {
    const before = saved();
    expect(before.asks.filter(({ ask }) => ask === "remember")).toEqual([]);
    const { state, asks } = run([{ type: "remember", yes: true }, { type: "remembered", said: { ok: true, message: "kept" } }], views.plain, before.state);
    expect(asks).toEqual([{ ask: "remember", name: "standup" }]);
    expect(state.outcome).toMatchObject({ kind: "saved", receipt: { batch: receipt.batch }, remembered: { message: "kept" } });
  });

  it("takes the offer away on a no and tells the app so", () => {
    const { state, asks } = run([{ type: "remember", yes: false }, { type: "remember", yes: true }], views.plain, saved().state);
    expect(asks).toEqual([{ ask: "dont-remember", name: "standup" }]);
    expect(state.outcome?.kind === "saved" && state.outcome.receipt.remember).toBe(undefined);
  });

  it("does nothing where nothing is offered, or when it was taken already", () => {
    expect(run([{ type: "remember", yes: true }], views.plain, saved(receipt).state).asks).toEqual([]);
    expect(run([{ type: "remember", yes: true }], views.plain, start).asks).toEqual([]);
    const taken = run([{ type: "remember", yes: true }, { type: "remembered", said: { ok: true, message: "kept" } }, { type: "remember", yes: true }], views.plain, saved().state);
    expect(taken.asks).toHaveLength(1);
  });
});
