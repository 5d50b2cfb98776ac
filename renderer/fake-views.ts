import type { AppState, OperationView, ReadingView, Receipt, RequestOut, SettingsView } from "../electron/ipc/contract.ts";

/** Readings and states as the app sends them, for tests and for looking at the pages without it. */
const acme = "Acme Corp › Website Redesign";

const rules = { id: "rules", name: "Rules only", state: "ready", detail: "always there" } as const;

const fresh: AppState = {
  account: { kind: "sample", label: "Sample data", keychain: "ok" },
  today: { text: "Today 0 min", hours: 0 },
  waiting: 0,
  models: [{ ...rules, chosen: true }],
  offers: [],
  hotkey: { accelerator: "Ctrl+Alt+H", registered: true },
  notices: [],
  recent: [],
};

const busy: AppState = {
  account: { kind: "harvest", label: "Northwind Studio", keychain: "ok" },
  today: { text: "Today 5 h 42 min", hours: 5.7 },
  running: { entry: 12, text: "Globex › API · Development, 1 h 12 min" },
  lastSaved: { batch: "b-1", text: `2 h · ${acme} · Design · Sun 5 Apr` },
  waiting: 0,
  models: [
    { ...rules, chosen: false },
    { id: "small", name: "Gemma 3 1B", state: "ready", detail: "ready, 1.1 GB in memory", bytes: 806_000_000, chosen: true },
    { id: "large", name: "Gemma 4 E4B", state: "installed", detail: "on disk", bytes: 5_000_000_000, chosen: false },
  ],
  offers: [],
  hotkey: { accelerator: "Ctrl+Alt+H", registered: true },
  notices: [],
  recent: ["2h acme design yesterday", "30 min standup", "1.5h globex api code review"],
};

export const appViews = { fresh, busy } as const;

const add: OperationView = {
  op: "add",
  title: `${acme} · Design`,
  when: "Sun 5 Apr, yesterday",
  hours: "2 h 30 min",
  notes: "review",
  differences: [],
  chips: [
    { field: "hours", label: "2 h 30 min", state: "exact" },
    { field: "date", label: "Sun 5 Apr", detail: "yesterday", state: "exact" },
    { field: "project", label: acme, state: "exact" },
    { field: "task", label: "Design", detail: "assumed", state: "assumed" },
    { field: "notes", label: "“review”", state: "exact" },
  ],
};

function marksOf(text: string, roles: readonly (readonly [string, ReadingView["marks"][number]["role"], boolean?])[]): ReadingView["marks"] {
  return roles.map(([word, role, open]) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length, role, open: open ?? false }));
}

type Sketch = Omit<ReadingView, "by" | "preview" | "marks" | "operations" | "because" | "digest"> & Partial<ReadingView>;
const reading = (sketch: Sketch): ReadingView => ({ by: "rules", preview: false, digest: "", marks: [], operations: [], because: [], ...sketch });

const plainText = "2.5h acme design review yesterday";
const plain = reading({
  text: plainText,
  kind: "proposal",
  digest: "d-plain",
  status: "Ready. Sun 5 Apr becomes 6 h 15 min",
  enter: "Save",
  marks: marksOf(plainText, [["2.5h", "hours"], ["acme", "project"], ["design", "task"], ["review", "note"], ["yesterday", "when"]]),
  operations: [add],
  because: ["“2.5h” is a length of 2 hours 30 minutes.", "“acme” is the start of one project's client only.", "“yesterday” is the day before Monday 6 April."],
});

const questionText = "1h deep lerning standup today";
const question = reading({
  text: questionText,
  kind: "question",
  status: "Nothing is saved yet",
  enter: "Take",
  marks: marksOf(questionText, [["1h", "hours"], ["deep lerning", "project", true], ["today", "when"]]),
  operations: [
    {
      op: "add",
      title: "",
      when: "Mon 6 Apr, today",
      hours: "1 h",
      differences: [],
      chips: [
        { field: "hours", label: "1 h", state: "exact" },
        { field: "date", label: "Mon 6 Apr", detail: "today", state: "exact" },
        { field: "project", label: "deep lerning?", detail: "3 possible", state: "ambiguous" },
      ],
    },
  ],
  question: {
    about: "project",
    op: 0,
    text: "Which project did you mean by “deep lerning”?",
    options: [
      { label: "Deep Learning Course", detail: "Fabrikam · used yesterday", pins: [{ op: 0, field: "project", value: 31 }] },
      { label: "Deep Learning Pipeline", detail: "Globex · 3 weeks ago", pins: [{ op: 0, field: "project", value: 32 }] },
      { label: "None of these: pick from all projects", detail: "214 projects", pins: [] },
    ],
  },
});

const hoursText = "acme design yesterday";
const hours = reading({
  text: hoursText,
  kind: "question",
  status: "Nothing is saved yet",
  marks: marksOf(hoursText, [["acme", "project"], ["design", "task"], ["yesterday", "when"]]),
  operations: [{ ...add, hours: "", chips: [{ field: "hours", label: "Hours needed", state: "missing" }, ...add.chips.slice(1, 4)] }],
  question: { about: "hours", op: 0, text: "How long was it?", options: [] },
});

const changesText = "move sunday acme to friday, make it 3h, add 30m standup, drop friday globex";
const move: OperationView = {
  op: "move",
  title: `${acme} · Design`,
  when: "Fri 3 Apr, 3 days ago",
  hours: "3 h",
  differences: [
    { field: "date", before: "Sun 5 Apr", after: "Fri 3 Apr" },
    { field: "hours", before: "2 h 30 min", after: "3 h" },
  ],
  chips: [{ field: "hours", label: "3 h", state: "exact" }, { field: "date", label: "Fri 3 Apr", detail: "3 days ago", state: "exact" }],
};
const changes = reading({
  text: changesText,
  kind: "proposal",
  digest: "d-changes",
  preview: true,
  status: "Ready. 3 changes",
  enter: "Save 3",
  marks: marksOf(changesText, [["move", "operation"], ["sunday", "when"], ["acme", "project"], ["3h", "hours"], ["add", "operation"], ["30m", "hours"], ["drop", "operation"]]),
  operations: [
    move,
    { op: "add", title: "Internal › Team · Meetings", when: "Mon 6 Apr, today", hours: "30 min", notes: "standup", differences: [], chips: [{ field: "task", label: "Meetings", detail: "assumed", state: "assumed" }] },
    { op: "delete", title: "Globex › API · Development", when: "Fri 3 Apr, 3 days ago", hours: "4 h", differences: [], chips: [] },
  ],
  because: ["“move” names an entry that is there already.", "“friday” is the last Friday before today."],
});

const oneMoveText = "move sunday acme to friday and make it 3 hours";
const oneMove = reading({ text: oneMoveText, kind: "proposal", digest: "d-move", preview: true, status: "Ready. Fri 3 Apr becomes 7 h", enter: "Save", operations: [move], marks: marksOf(oneMoveText, [["move", "operation"], ["sunday", "when"], ["acme", "project"], ["friday", "when"], ["3 hours", "hours"]]) });

const fuzzyText = "shift what I did for acme over the weekend a bit earlier";
const needsModel = reading({
  text: fuzzyText,
  kind: "needs-model",
  status: "The rules cannot read all of this",
  enter: "Ask the model",
  marks: marksOf(fuzzyText, [["acme", "project"]]),
  operations: [{ op: "change", title: acme, differences: [], chips: [{ field: "project", label: acme, state: "exact" }] }],
});
const modelMove: ReadingView = { ...oneMove, text: fuzzyText, by: "model", digest: "d-model", marks: needsModel.marks };

const answerText = "how much did I log on acme last week";
const answer = reading({
  text: answerText,
  kind: "answer",
  status: "From your entries; nothing was changed",
  marks: marksOf(answerText, [["acme", "project"], ["last week", "when"]]),
  answer: {
    text: "12 h 30 min on Acme Corp from Mon 30 Mar to Sun 5 Apr",
    rows: [
      { label: "Website Redesign · Design", hours: "8 h" },
      { label: "Website Redesign · Meetings", hours: "1 h 30 min" },
      { label: "Support · Development", hours: "3 h" },
    ],
    total: "12 h 30 min",
  },
});

const refusal = reading({ text: "add 2h to the locked week", kind: "refusal", status: "Nothing was changed", refusal: "The week of 23 March is approved, so Harvest keeps it as it is. A manager can open it again." });
const nothing = reading({ text: "hm", kind: "nothing", status: "" });

export const views = { plain, question, hours, changes, oneMove, needsModel, modelMove, answer, refusal, nothing } as const;

export const receipt: Receipt = { batch: "b-2", text: `Saved 2 h 30 min · ${acme} · Design · Sun 5 Apr`, day: "Sun 5 Apr now has 6 h 15 min", queued: false };
export const queuedReceipt: Receipt = { ...receipt, batch: "b-3", text: `Kept on this computer: 2 h 30 min · ${acme} · Design · Sun 5 Apr. It will be sent when Harvest answers.`, queued: true };

export const projects = [
  { id: 11, label: acme, tasks: [{ id: 101, name: "Design" }, { id: 102, name: "Development" }, { id: 103, name: "Meetings" }] },
  { id: 12, label: "Acme Corp › Support", tasks: [{ id: 104, name: "Support" }] },
  { id: 21, label: "Globex › API", tasks: [{ id: 102, name: "Development" }, { id: 103, name: "Meetings" }] },
  { id: 31, label: "Fabrikam › Deep Learning Course", tasks: [{ id: 105, name: "Teaching" }] },
];

export const settings: SettingsView = {
  hotkey: "Ctrl+Alt+H",
  weekStart: "monday",
  dateOrder: "DMY",
  reading: { bare: "past", this: "week", last: "strict+ask", next: "strict+ask", clocks: "elapsed", future: "confirm", dayStart: 0 },
  rounding: { minutes: 15, mode: "nearest" },
  shortcuts: [
    { name: "standup", project: 11, task: 103, notes: "Daily standup", hours: 0.25 },
    { name: "api", project: 21 },
  ],
  idleMinutes: 10,
  backend: "auto",
  projects,
};

export const history: RequestOut<"history"> = [
  { batch: "b-4", at: "2026-04-06T14:02:00", sentence: "2.5h acme design review yesterday", text: "2 h 30 min · Acme Corp › Website Redesign · Design · Sun 5 Apr", state: "waiting", undoable: true, finishable: false },
  { batch: "b-3", at: "2026-04-06T09:15:00", sentence: "move friday globex to thursday and make it 3h", text: "Moved Globex › API · Development from Fri 3 Apr to Thu 2 Apr, 4 h to 3 h", state: "saved", undoable: true, finishable: false },
  { batch: "b-2", at: "2026-04-05T18:40:00", sentence: "1h acme support 2 march", text: "1 h · Acme Corp › Support · Support · Mon 2 Mar", state: "refused", undoable: false, finishable: true },
  { batch: "b-1", at: "2026-04-03T17:01:00", sentence: "30 min standup", text: "30 min · Internal › Team · Meetings · Fri 3 Apr", state: "undone", undoable: false, finishable: false },
  { batch: "b-0", at: "2026-04-03T16:01:00", sentence: "45 min standup", text: "45 min · Internal › Team · Meetings · Fri 3 Apr", state: "needs you", undoable: false, finishable: true },
];

export const manyModels: AppState["models"] = [
  { ...rules, chosen: false },
  { id: "a", name: "Gemma 3 1B Instruct Q4_K_M", state: "ready", detail: "ready, 1.1 GB in memory", bytes: 806_000_000, chosen: true, fit: "Fits: 1.1 of 11.0 GB graphics memory.", speed: "0.8 s a sentence here", score: "31 of 40 right, 9 asked, 0 wrong; measured 24 Nov" },
  { id: "b", name: "Gemma 4 E4B Instruct Q4_K_M", state: "loading", detail: "loading 40 %", bytes: 5_000_000_000, chosen: false },
  { id: "c", name: "Qwen3 4B Q5_K_M", state: "installed", detail: "not in memory", bytes: 2_890_000_000, chosen: false, fit: "Fits: 3.4 of 11.0 GB graphics memory.", speed: "speed not measured yet; 28-120 tokens a second expected", score: "score not measured yet" },
  { id: "d", name: "a-model-with-a-very-long-file-name-that-somebody-downloaded-by-hand-Q8_0", state: "failed", detail: "failed: the file is cut off", bytes: 1_200_000_000, chosen: false },
  { id: "e", name: "Phi 4 mini", state: "missing", detail: "the file was moved or deleted", chosen: false },
];

const offer = { licence: "Apache-2.0", installed: false, fits: true, recommended: false, state: "available", detail: "" } as const;
export const manyOffers: AppState["offers"] = [
  { ...offer, id: "gemma-4-26b-a4b", name: "Gemma 4 26B-A4B", note: "Mixture of experts: 3.8 of its 25.2 billion parameters work on each word.", bytes: 14_439_363_584, fit: "Fits: 9.7 of 11.0 GB graphics memory, 12 of 30 expert layers in RAM.", recommended: true },
  { ...offer, id: "gemma-4-12b", name: "Gemma 4 12B", note: "Fits wholly into the memory of a 12 GB graphics card.", bytes: 6_975_877_728, fit: "Fits: 7.7 of 11.0 GB graphics memory.", state: "downloading", detail: "34 % of 7.0 GB, 45 MB/s, 102 s left" },
  { ...offer, id: "gemma-4-e4b", name: "Gemma 4 E4B", note: "4.5 of its 8 billion parameters work on each word.", bytes: 5_154_941_280, fit: "Fits: 3.3 of 11.0 GB graphics memory.", state: "paused", detail: "Paused at 61 % of 5.2 GB." },
  { ...offer, id: "qwen3.5-9b", name: "Qwen3.5 9B", note: "Attention in every fourth layer only.", bytes: 5_966_095_584, fit: "Fits: 5.7 of 11.0 GB graphics memory.", state: "failed", detail: "The disk is full. What has arrived is kept; the next try goes on from there." },
  { ...offer, id: "qwen3-coder-next", name: "Qwen3-Coder-Next", note: "Made for programming, and large.", bytes: 48_500_000_000, fits: false, fit: "Does not fit: beside 9.1 GB graphics memory it needs 38.5 GB of free memory, and 28.0 GB is free." },
  { ...offer, id: "gemma-4-e2b", name: "Gemma 4 E2B", note: "The small one.", bytes: 3_349_516_256, fit: "Fits.", installed: true, state: "installed" },
];
