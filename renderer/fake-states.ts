import { createFakeBridge } from "./fake-bridge.ts";
import type { FakeBridge } from "./fake-bridge.ts";
import { appViews, history, manyModels, manyOffers, projects, queuedReceipt, receipt, settings, views } from "./fake-views.ts";

type Dress = (bridge: FakeBridge) => void;

const never = <T,>(): Promise<T> => new Promise(() => undefined);

/** What is different from an ordinary day, per state to look at. Anything typed reads as that state's sentence. */
const states: Readonly<Record<string, Dress>> = {
  busy: () => undefined,
  fresh: (bridge) => bridge.answer("state", appViews.fresh),
  notices: (bridge) =>
    bridge.answer("state", {
      ...appViews.busy,
      waiting: 2,
      hotkey: { accelerator: "Ctrl+Alt+H", registered: false, message: "Another program holds Ctrl+Alt+H. Choose another key in the settings, or open this window from the tray." },
      notices: ["Harvest does not answer since 14:02. Entries are kept here and sent later."],
    }),
  typing: () => undefined,
  models: (bridge) => bridge.answer("state", { ...appViews.busy, models: manyModels, offers: manyOffers }),
  measuring: (bridge) => bridge.answer("state", { ...appViews.busy, models: manyModels, offers: manyOffers, measuring: { model: "a", done: 12, total: 40, text: "12 of 40, about 2 min left" } }),
  "no-keychain": (bridge) => bridge.answer("state", { ...appViews.fresh, account: { kind: "sample", label: "Sample data", keychain: "none" } }),
  "no-shortcuts": (bridge) => bridge.answer("state", appViews.fresh).answer("settings", { ...settings, shortcuts: [] }),
  "no-history": (bridge) => bridge.answer("history", []),
  pinned: (bridge) =>
    bridge.answer("read", ({ text, pins }) => ({
      ...views.plain,
      text,
      operations: views.plain.operations.map((row) => ({ ...row, chips: row.chips.map((chip) => (pins.some((pin) => pin.field === chip.field) ? { ...chip, state: "pinned" as const } : chip)) })),
    })),
  question: (bridge) => bridge.answer("read", ({ text, pins }) => ({ ...(pins.length > 0 ? views.plain : views.question), text })),
  hours: (bridge) => bridge.answer("read", ({ text }) => ({ ...views.hours, text })),
  thinking: (bridge) => {
    bridge.answer("read", ({ text }) => ({ ...views.needsModel, text })).answer("think", () => never());
    setInterval(() => bridge.notify("thinking", { seconds: 1.2 }), 300);
  },
  model: (bridge) => bridge.answer("read", ({ text }) => ({ ...views.needsModel, text })).answer("think", ({ text }) => ({ ...views.modelMove, text })),
  "no-model": (bridge) => bridge.answer("state", { ...appViews.fresh, recent: ["1h acme"] }).answer("read", ({ text }) => ({ ...views.needsModel, text })),
  changes: (bridge) => bridge.answer("read", ({ text }) => ({ ...views.changes, text })),
  move: (bridge) => bridge.answer("read", ({ text }) => ({ ...views.oneMove, text })),
  many: (bridge) =>
    bridge.answer("read", ({ text }) => ({
      ...views.changes,
      text,
      enter: "Save 12",
      operations: [0, 1, 2, 3].flatMap(() => views.changes.operations).map((row, at) => (at === 4 ? { ...row, title: "A Client With a Remarkably Long Registered Name Ltd › Replacement of the Intranet Search, Phase 2 · Project Management and Coordination" } : row)),
    })),
  choices: (bridge) =>
    bridge.answer("read", ({ text }) => ({
      ...views.question,
      text,
      question: {
        about: "project",
        op: 0,
        text: "Which project did you mean by “deep lerning”?",
        options: Array.from({ length: 14 }, (_, at) => ({
          label: at === 2 ? "Replacement of the Intranet Search with Deep Learning, Phase 2, Rollout to All Offices" : `Deep Learning ${at + 1}`,
          detail: at === 2 ? "A Client With a Remarkably Long Registered Name Ltd" : "Fabrikam",
          pins: [{ op: 0, field: "project" as const, value: at + 1 }],
        })),
      },
    })),
  answer: (bridge) => bridge.answer("read", ({ text }) => ({ ...views.answer, text })),
  refusal: (bridge) => bridge.answer("read", ({ text }) => ({ ...views.refusal, text })),
  saving: (bridge) => bridge.answer("commit", () => never()),
  remember: (bridge) => bridge.answer("commit", { kind: "saved", receipt: { ...receipt, remember: { name: "standup", place: "Internal › Team · Meetings" } } }),
  queued: (bridge) => bridge.answer("commit", { kind: "saved", receipt: queuedReceipt }),
  failed: (bridge) => bridge.answer("commit", { kind: "failed", message: "Not saved: Harvest has locked the week of 30 March, because it is approved. Your text is still here." }),
  changed: (bridge) => bridge.answer("read", ({ text }) => ({ ...views.oneMove, text })).answer("commit", ({ text }) => ({ kind: "changed", view: { ...views.oneMove, text } })),
};

/** A bridge dressed as one state of the app, for a page in a plain browser. Development only; an unknown name is an ordinary day. */
export function fakeState(name: string): FakeBridge {
  const bridge = createFakeBridge()
    .answer("state", appViews.busy)
    .answer("read", ({ text }) => ({ ...views.plain, text }))
    .answer("commit", { kind: "saved", receipt })
    .answer("remember", ({ name }) => ({ ok: true, message: `“${name}” is a shortcut for Internal › Team · Meetings now. It is in the settings, to be changed or removed.` }))
    .answer("dont-remember", undefined)
    .answer("undo", { ok: true, message: "Undone: 2 h 30 min on Sun 5 Apr is gone again" })
    .answer("stop-timer", { ok: true, message: "Stopped at 1 h 12 min" })
    .answer("find-projects", ({ words }) => projects.filter((project) => project.label.toLowerCase().includes(words.toLowerCase())))
    .answer("hide", undefined)
    .answer("resize", undefined)
    .answer("open-page", undefined)
    .answer("stop-thinking", undefined)
    .answer("settings", settings)
    .answer("change-settings", { ok: true, message: "Saved" })
    .answer("find-accounts", ({ token }) =>
      token === "wrong"
        ? { kind: "failed", message: "Harvest does not know this token. It may be cut off; copy it once more." }
        : { kind: "found", accounts: [{ id: 812345, name: "Northwind Studio" }, { id: 812346, name: "Northwind Labs" }] },
    )
    .answer("connect", { ok: true, message: "Connected to Northwind Studio" })
    .answer("disconnect", { ok: true, message: "The token is forgotten" })
    .answer("use-sample", { ok: true, message: "Sample data is in use" })
    .answer("history", history)
    .answer("use-model", { ok: true, message: "This model reads from now on" })
    .answer("remove-model", { ok: true, message: "Removed, 1.2 GB is free again" })
    .answer("add-model", { ok: false, message: "This file is not a model Stint can read" })
    .answer("unload-model", { ok: true, message: "Memory is free again" })
    .answer("get-model", { ok: true, message: "Gemma 4 26B-A4B is on this computer (14.4 GB; its checksum is right)." })
    .answer("pause-download", { ok: true, message: "The download is paused; what has arrived is kept." })
    .answer("discard-download", { ok: true, message: "What had arrived is deleted." })
    .answer("measure-model", { ok: true, message: "Gemma 3 1B Instruct Q4_K_M: 31 of 40 right, 9 asked, 0 wrong." })
    .answer("stop-measuring", { ok: true, message: "The measurement is being stopped." });
  states[name]?.(bridge);
  return bridge;
}
