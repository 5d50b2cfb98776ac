import { z } from "zod";
import { rulesSchema } from "../core/rules.ts";

/*
 * Everything that crosses between the app and its pages, both ways, as data. The renderer imports types only;
 * `serve.ts` parses every request and every answer, so a page that was taken over can ask for nothing else.
 */

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const opIndex = z.int().min(0).max(50);

/** Longer sentences are refused before they are read; a paste of 10,000 characters still fits. */
export const MAX_TEXT = 20_000;
const sentence = z.string().max(MAX_TEXT);

const pin = z.union([
  z.strictObject({ op: opIndex, field: z.literal("date"), value: isoDate }),
  z.strictObject({ op: opIndex, field: z.literal("hours"), value: z.number().min(0).max(24) }),
  z.strictObject({ op: opIndex, field: z.enum(["project", "task", "entry"]), value: z.int() }),
  z.strictObject({ op: opIndex, field: z.literal("notes"), value: z.string().max(10_000) }),
  z.strictObject({ op: opIndex, field: z.literal("intent"), value: z.enum(["add", "change", "nothing"]) }),
]);
/** A decision made outside the sentence: an answered question or an edited chip. */
export type PinView = z.infer<typeof pin>;
const pins = z.array(pin).max(60);

const field = z.enum(["date", "hours", "project", "task", "notes"]);

/** `exact`: words say it. `assumed`: filled in, dashed. `ambiguous`: more than one fits. `missing`: needed. `pinned`: the user set it. */
const chipState = z.enum(["exact", "assumed", "ambiguous", "missing", "pinned"]);
const chip = z.object({ field, label: z.string(), detail: z.string().optional(), state: chipState });
export type Chip = z.infer<typeof chip>;

const mark = z.object({
  start: z.int(),
  end: z.int(),
  role: z.enum(["when", "hours", "project", "task", "note", "operation", "filler"]),
  open: z.boolean(),
});
/** A run of the field's text that was used, to be tinted; `open` when a question is about it. */
export type Mark = z.infer<typeof mark>;

/** Before → after of one part of a change, ready to show ("Sun 5 Apr" → "Fri 3 Apr"). */
const difference = z.object({ field, before: z.string(), after: z.string() });

const operationView = z.object({
  op: z.enum(["add", "change", "move", "delete", "start", "stop"]),
  /** What it is about: "Acme Corp › Website · Design". */
  title: z.string(),
  /** Day in words: "Sun 5 Apr, yesterday". */
  when: z.string().optional(),
  /** "2:00" style or "2 h 30 min"; for a change the value afterwards. */
  hours: z.string().optional(),
  notes: z.string().optional(),
  differences: z.array(difference),
  chips: z.array(chip),
});
export type OperationView = z.infer<typeof operationView>;

const optionView = z.object({ label: z.string(), detail: z.string().optional(), pins });
const questionView = z.object({
  about: z.enum(["date", "hours", "project", "task", "entry", "split", "intent"]),
  op: opIndex,
  text: z.string(),
  options: z.array(optionView),
  default: z.int().optional(),
});
export type QuestionView = z.infer<typeof questionView>;

/** A reading as the popup shows it. `digest` stands for exactly these operations; `commit` sends it back. */
const readingView = z.object({
  text: z.string(),
  kind: z.enum(["proposal", "question", "answer", "refusal", "nothing", "needs-model"]),
  by: z.enum(["rules", "model"]),
  digest: z.string(),
  /** True: the first Enter shows the preview, the second saves. */
  preview: z.boolean(),
  /** The footer's left side: "Ready. Sun 5 Apr becomes 6 h 15 min". */
  status: z.string(),
  /** What Enter does now, as its key label: "Save", "Save 3", "Start timer", "Take". Absent: Enter does nothing. */
  enter: z.string().optional(),
  marks: z.array(mark),
  operations: z.array(operationView),
  question: questionView.optional(),
  answer: z.object({ text: z.string(), rows: z.array(z.object({ label: z.string(), hours: z.string() })), total: z.string().optional() }).optional(),
  refusal: z.string().optional(),
  because: z.array(z.string()),
  /** A sentence about the model when it could not help: "The model stopped; here is what the rules read". */
  modelNote: z.string().optional(),
});
export type ReadingView = z.infer<typeof readingView>;

const receipt = z.object({
  /** Names the batch for undo. */
  batch: z.string(),
  /** "Saved 2 h · Acme Corp › Website · Design · Sun 5 Apr". */
  text: z.string(),
  /** "Sun 5 Apr now has 6 h 15 min". */
  day: z.string(),
  /** True when it waits on this computer because Harvest could not be reached. */
  queued: z.boolean(),
  /** Words whose project the user set by hand, offered as a shortcut: “standup” for "Internal › Operations · Meetings". */
  remember: z.object({ name: z.string(), place: z.string() }).optional(),
});
export type Receipt = z.infer<typeof receipt>;

const commitResult = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("saved"), receipt }),
  /** The facts changed since it was shown: nothing was written, look again. */
  z.object({ kind: z.literal("changed"), view: readingView }),
  /** Not all of it was written; the sentence stays in the field. `batch`: part of it was, and that batch can be finished or undone. */
  z.object({ kind: z.literal("failed"), message: z.string(), batch: z.string().optional() }),
]);
export type CommitResult = z.infer<typeof commitResult>;

const said = z.object({ ok: z.boolean(), message: z.string() });
/** Done or not, and one sentence that says it. */
export type Said = z.infer<typeof said>;

const modelState = z.enum(["installed", "loading", "ready", "busy", "unloading", "failed", "missing"]);
const modelRow = z.object({
  /** "rules" is the row "Rules only". */
  id: z.string(),
  name: z.string(),
  state: modelState,
  /** "loading 40 %", "ready, 1.1 GB in memory", "failed: the file is cut off". */
  detail: z.string(),
  bytes: z.number().optional(),
  chosen: z.boolean(),
  /** Whether it fits this computer, in one sentence. */
  fit: z.string().optional(),
  /** "1.4 s a sentence here", or that it is not measured yet. */
  speed: z.string().optional(),
  /** "31 of 40 right, 9 asked, 0 wrong; measured 24 Nov", or that it is not measured yet. */
  score: z.string().optional(),
});
export type ModelRow = z.infer<typeof modelRow>;

/** A model that can be fetched, and what it would take here. `detail`: how far its download is, or why there is none. */
const modelOffer = z.object({
  id: z.string(),
  name: z.string(),
  note: z.string(),
  bytes: z.number(),
  licence: z.string(),
  installed: z.boolean(),
  fits: z.boolean(),
  fit: z.string(),
  recommended: z.boolean(),
  state: z.enum(["installed", "available", "downloading", "paused", "failed"]),
  detail: z.string(),
});

/** The app's whole state as the pages see it: pushed on every change, so a page never has to ask twice. */
const appState = z.object({
  account: z.object({ kind: z.enum(["sample", "harvest"]), label: z.string(), keychain: z.enum(["ok", "session-only", "none"]) }),
  /** "Today 5 h 42 min". */
  today: z.object({ text: z.string(), hours: z.number() }),
  running: z.object({ entry: z.int(), text: z.string() }).optional(),
  lastSaved: z.object({ batch: z.string(), text: z.string() }).optional(),
  waiting: z.int(),
  models: z.array(modelRow),
  offers: z.array(modelOffer),
  /** The model that is being measured and how far that is: "12 of 40, about 2 min left". */
  measuring: z.object({ model: z.string(), done: z.int(), total: z.int(), text: z.string() }).optional(),
  hotkey: z.object({ accelerator: z.string(), registered: z.boolean(), message: z.string().optional() }),
  /** Sentences the user should know once: a damaged file was set aside, Harvest is offline. */
  notices: z.array(z.string()),
  recent: z.array(z.string()),
});
export type AppState = z.infer<typeof appState>;

const shortcutRow = z.object({
  name: z.string().min(1).max(80),
  project: z.int(),
  task: z.int().optional(),
  notes: z.string().max(2000).optional(),
  hours: z.number().min(0).max(24).optional(),
});
const settingsView = z.object({
  hotkey: z.string(),
  weekStart: z.enum(["monday", "sunday", "saturday"]),
  dateOrder: z.enum(["MDY", "DMY", "YMD"]),
  reading: rulesSchema,
  rounding: z.object({ minutes: z.int().min(1).max(60), mode: z.enum(["nearest", "up", "down"]) }).optional(),
  shortcuts: z.array(shortcutRow),
  idleMinutes: z.number(),
  backend: z.enum(["auto", "cuda", "vulkan", "cpu"]),
  server: z.object({ address: z.string(), model: z.string(), allowNetwork: z.boolean() }).optional(),
  projects: z.array(z.object({ id: z.int(), label: z.string(), tasks: z.array(z.object({ id: z.int(), name: z.string() })) })),
});
export type SettingsView = z.infer<typeof settingsView>;

const settingsPatch = z.strictObject({
  hotkey: z.string().min(1).max(60).optional(),
  weekStart: z.enum(["monday", "sunday", "saturday"]).optional(),
  dateOrder: z.enum(["MDY", "DMY", "YMD"]).optional(),
  reading: rulesSchema.optional(),
  rounding: z.object({ minutes: z.int().min(1).max(60), mode: z.enum(["nearest", "up", "down"]) }).nullable().optional(),
  shortcuts: z.array(shortcutRow).max(500).optional(),
  idleMinutes: z.number().min(0).max(1440).optional(),
  backend: z.enum(["auto", "cuda", "vulkan", "cpu"]).optional(),
  server: z.object({ address: z.string().min(1).max(500), model: z.string().max(200), allowNetwork: z.boolean() }).nullable().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatch>;

const nothing = z.undefined();
const token = z.string().min(1).max(4000);

/** Requests a page may make: name → what goes in, what comes back. */
export const requests = {
  "state": { in: nothing, out: appState },
  "read": { in: z.strictObject({ text: sentence, pins }), out: readingView },
  /** Asks the model about a sentence the rules could not claim. Resolves with the rules' reading and `modelNote` when it cannot help. */
  "think": { in: z.strictObject({ text: sentence, pins }), out: readingView },
  "stop-thinking": { in: nothing, out: nothing },
  /** Saves what `digest` stands for. `skip` leaves operations of the preview out. */
  "commit": { in: z.strictObject({ text: sentence, pins, digest: z.string().max(100), skip: z.array(opIndex).max(50) }), out: commitResult },
  /** Keeps what a receipt offered as a shortcut. */
  "remember": { in: z.strictObject({ name: z.string().max(80) }), out: said },
  /** These words are not offered again until Stint is started anew. */
  "dont-remember": { in: z.strictObject({ name: z.string().max(80) }), out: nothing },
  /** Undoes that batch, or the last one. */
  "finish": { in: z.strictObject({ batch: z.string().max(100) }), out: said },
  "undo": { in: z.strictObject({ batch: z.string().max(100).optional() }), out: said },
  /** Project names for the project chip's editor, best first. */
  "find-projects": { in: z.strictObject({ words: z.string().max(200) }), out: z.array(z.object({ id: z.int(), label: z.string(), tasks: z.array(z.object({ id: z.int(), name: z.string() })) })) },
  "hide": { in: nothing, out: nothing },
  "resize": { in: z.strictObject({ height: z.int().min(40).max(1200) }), out: nothing },
  "open-page": { in: z.strictObject({ page: z.enum(["settings", "models", "history"]) }), out: nothing },
  "stop-timer": { in: nothing, out: said },
  "settings": { in: nothing, out: settingsView },
  "change-settings": { in: settingsPatch, out: said },
  /** Harvest accounts this token opens, so that the id is picked, not pasted. */
  "find-accounts": { in: z.strictObject({ token }), out: z.discriminatedUnion("kind", [z.object({ kind: z.literal("found"), accounts: z.array(z.object({ id: z.int(), name: z.string() })) }), z.object({ kind: z.literal("failed"), message: z.string() })]) },
  /** One real request proves the token; `keep: "session"` never stores it. */
  "connect": { in: z.strictObject({ token, accountId: z.int().positive(), keep: z.enum(["keychain", "session"]) }), out: said },
  "disconnect": { in: nothing, out: said },
  "use-sample": { in: nothing, out: said },
  "add-model": { in: nothing, out: said },
  "use-model": { in: z.strictObject({ id: z.string().max(200) }), out: said },
  "remove-model": { in: z.strictObject({ id: z.string().max(200) }), out: said },
  "unload-model": { in: nothing, out: said },
  /** Fetches a model of the catalogue, or goes on fetching it; answered when that has ended. Progress comes with the state. */
  "get-model": { in: z.strictObject({ id: z.string().max(200) }), out: said },
  "pause-download": { in: z.strictObject({ id: z.string().max(200) }), out: said },
  "discard-download": { in: z.strictObject({ id: z.string().max(200) }), out: said },
  /** Runs the forty sentences of the short form; answered when that has ended. Progress comes with the state. */
  "measure-model": { in: z.strictObject({ id: z.string().max(200) }), out: said },
  "stop-measuring": { in: nothing, out: said },
  /** What was saved from here, newest first. */
  "history": { in: nothing, out: z.array(z.object({ batch: z.string(), at: z.string(), sentence: z.string(), text: z.string(), state: z.enum(["saved", "waiting", "undone", "refused", "needs you"]), undoable: z.boolean(), finishable: z.boolean() })) },
} as const;

/** What the app tells its pages unasked. */
export const notices = {
  "state": appState,
  /** The popup was just shown: focus the field. */
  "shown": z.object({ at: z.number() }),
  /** Progress while the model thinks. */
  "thinking": z.object({ seconds: z.number() }),
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestIn<N extends RequestName> = z.infer<Requests[N]["in"]>;
export type RequestOut<N extends RequestName> = z.infer<Requests[N]["out"]>;
export type Notices = typeof notices;
export type NoticeName = keyof Notices;
export type NoticeData<N extends NoticeName> = z.infer<Notices[N]>;

/** What stands for an answer when there is none: one sentence, never a stack or a secret. */
export interface RequestFailure {
  readonly code: "bad-request" | "not-allowed" | "broken";
  readonly message: string;
}

/** The one object a page gets: `ask` for a request, `on` for a notice (returns the function that stops listening). */
export interface Bridge {
  ask<N extends RequestName>(name: N, ...input: RequestIn<N> extends undefined ? [] : [RequestIn<N>]): Promise<RequestOut<N>>;
  on<N extends NoticeName>(name: N, listener: (data: NoticeData<N>) => void): () => void;
}
