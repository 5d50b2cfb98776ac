import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeLines, type JournalRecord } from "../../electron/outbox/records.ts";
import type { HarvestReply, Order, Reply, Sabotage, Told } from "./messages.ts";
import { complaints, createModel, type Model } from "./model.ts";
import { outside, type Outside } from "./outside.ts";
import type { Move, Plan, PlannedKill } from "./plan.ts";
import { SCALE } from "./plan.ts";
import type { HarvestProcess, Killed, Pool, Seat } from "./processes.ts";
import { operationsOf, TODAY, UNBOOKABLE } from "./says.ts";

const ROUNDS = 40;
/** No answer of the outbox may take longer than this (milliseconds): a run that hangs has failed. */
const PATIENCE_MS = 60_000;

/** What a run counted. `wrong` is empty when the account holds exactly what was confirmed. */
export interface RunResult {
  readonly wrong: readonly string[];
  readonly story: readonly string[];
  readonly killedAt: readonly string[];
  readonly powerCuts: number;
  readonly struck: Readonly<Record<string, number>>;
  /** From healthy again to nothing waiting, in milliseconds of the outbox's own time. */
  readonly recoveryMs: number;
  readonly confirmed: number;
  readonly undone: number;
}

export interface RunOptions {
  readonly plan: Plan;
  readonly harvest: HarvestProcess;
  readonly take: Pool["take"];
  readonly folder: string;
  readonly sabotage: Sabotage | undefined;
}

/** A journal of the winter: finished sentences that nobody asks for any more. */
function agedJournal(): string {
  const records = Array.from({ length: 15 }, (_, index): readonly JournalRecord[] => {
    const draft = { date: "2026-01-05" as const, hours: 1, project: 1, task: 1, notes: "long ago" };
    const aboutStep = { batch: `old-${index}`, step: 0 };
    return [
      { kind: "batch", batch: `old-${index}`, sentence: "long ago", operations: [{ op: "add", ...draft }], steps: [{ do: "create", mark: `old-mark-${index}`, draft }], before: [] },
      { kind: "done", ...aboutStep, entry: index + 1, image: { ...draft, id: index + 1, running: false } },
    ];
  }).flat();
  return records.map((record, index) => writeLines({ seq: index + 1, at: "2026-01-05T09:00:00.000Z", record })).join("");
}

/** Plays one plan from an empty folder to the comparison. */
export async function play(options: RunOptions): Promise<RunResult> {
  const { plan, harvest } = options;
  const folder = mkdtempSync(join(options.folder, "run-"));
  const restarts = plan.moves.some((move) => move.do === "restart-harvest");
  if (plan.aged) writeFileSync(join(folder, "journal.jsonl"), agedJournal());
  const began = Date.now();
  const account = await harvest.tell({ do: "open", key: folder, startEnd: plan.startEnd, began, file: restarts ? join(folder, "harvest.json") : undefined });
  try {
    return await playOn({ ...options, folder }, account, began);
  } finally {
    await harvest.tell({ do: "close", key: folder });
    rmSync(folder, { recursive: true, force: true });
  }
}

async function playOn(options: RunOptions, account: HarvestReply, began: number): Promise<RunResult> {
  const { plan } = options;
  const line = outside(account);
  const model = createModel(await line.entries());
  const crew = createCrew(options, account, began);
  const tale = { confirmed: 0, struck: {} as Record<string, number>, wrong: [] as string[], takenBack: [] as string[] };
  await crew.open();
  for (const [index, move] of plan.moves.entries()) {
    await line.plan(plan.faults.filter((fault) => fault.move === index).map(({ fault, method, times }) => ({ fault, method, times, path: "/time_entries" })));
    await crew.arm(index);
    if (move.do === "restart-harvest") {
      for (const [name, times] of Object.entries(await line.struck())) tale.struck[name] = (tale.struck[name] ?? 0) + times;
      await options.harvest.tell({ do: "restart", key: options.folder });
    }
    if (move.do === "undo") tale.takenBack.push(...(await undoOne(move, crew, model)));
    if (move.do === "say" && (await say(move, { crew, model, line, batchName: `${plan.run}:${index}`, wrong: tale.wrong }))) tale.confirmed += 1;
  }
  await crew.arm(plan.moves.length);
  await line.heal();
  const healed = Date.now();
  tale.wrong.push(...(await settle(crew)));
  const recoveryMs = (Date.now() - healed) * SCALE;
  if (plan.faults.some(({ fault }) => fault.startsWith("drop-during"))) await new Promise((resolve) => setTimeout(resolve, 80));
  for (const [name, times] of Object.entries(await line.struck())) tale.struck[name] = (tale.struck[name] ?? 0) + times;
  tale.wrong.push(...complaints(model.all(), await line.entries()), ...(await notUndone(crew, tale.takenBack)));
  await crew.disarm();
  await crew.leave();
  const { takenBack, ...told } = tale;
  return { ...told, undone: takenBack.length, recoveryMs, story: crew.story, killedAt: crew.killedAt, powerCuts: crew.powerCuts() };
}

/** Sends until nothing waits. */
async function settle(crew: Crew): Promise<readonly string[]> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const flushed = await crew.tell({ do: "flush" });
    if (flushed.kind === "broken") return [`the outbox broke: ${flushed.message}`];
    if (flushed.kind === "flushed" && flushed.waiting === 0) return [];
  }
  return ["something waits for ever"];
}

type Crew = ReturnType<typeof createCrew>;

/** One process after the other on the same folder: when one is killed, the next takes over. */
function createCrew({ plan, take, folder, sabotage }: RunOptions, account: HarvestReply, began: number) {
  const story: string[] = [];
  const killedAt: string[] = [];
  const held: { seat: Seat | undefined; rival: Seat | undefined; life: number; kills: PlannedKill[]; power: number | undefined; cuts: number; timer: NodeJS.Timeout | undefined } = { seat: undefined, rival: undefined, life: 0, kills: [], power: undefined, cuts: 0, timer: undefined };
  const { url, token, accountId, userId } = account;

  /** A seat with this run's outbox open in it; another one when the process ends before that. */
  const openSeat = async (except?: number): Promise<Seat> => {
    for (;;) {
      const seat = await take(except);
      held.life += 1;
      const ids = `${plan.run}-${held.life}`;
      const opened = await seat.tell({ do: "open", folder, url, token, accountId, userId, startEnd: plan.startEnd, dropsMarks: plan.dropsMarks, began, ids, sabotage });
      if (opened.kind === "ready") return seat;
      seat.leave();
      if (opened.kind === "broken") throw new Error(`The outbox did not open: ${opened.message}`);
    }
  };
  const open = async (): Promise<void> => {
    held.seat ??= await openSeat();
    if (plan.rival) held.rival ??= await openSeat(held.seat.host);
  };
  const flushRival = async (): Promise<void> => {
    const { rival } = held;
    const reply = await rival?.tell({ do: "flush" });
    if (reply?.kind !== "killed") return;
    rival?.leave();
    held.rival = await openSeat(held.seat?.host);
  };
  /** A cut takes what was written and not synced, from some byte on. */
  const cutPower = ({ safe }: Killed, power: number | undefined): void => {
    const journal = join(folder, "journal.jsonl");
    const size = statSync(journal, { throwIfNoEntry: false })?.size ?? 0;
    // What the rival synced is safe too, and nobody counts it.
    if (plan.rival || power === undefined || safe === undefined || size <= safe) return;
    truncateSync(journal, safe + Math.floor((size - safe) * power));
    held.cuts += 1;
  };
  const next = async (killed: Killed): Promise<void> => {
    clearTimeout(held.timer);
    killedAt.push(killed.step);
    story.push(`killed at "${killed.step}"`);
    cutPower(killed, held.power);
    held.seat?.leave();
    held.seat = undefined;
    await open();
    await armNext();
  };
  const armNext = async (): Promise<void> => {
    const kill = held.kills.shift();
    held.power = kill?.power;
    clearTimeout(held.timer);
    const { seat } = held;
    if (kill?.afterMs !== undefined) held.timer = setTimeout(() => seat?.kill(), kill.afterMs);
    const armed = await seat?.tell({ do: "arm", killAt: kill?.at });
    if (armed?.kind === "killed") await next(armed);
  };
  return {
    story, killedAt, open,
    powerCuts: () => held.cuts,
    leave: async (): Promise<void> => {
      clearTimeout(held.timer);
      for (const seat of [held.seat, held.rival]) {
        await seat?.tell({ do: "close" });
        seat?.leave();
      }
    },
    arm: (move: number): Promise<void> => {
      held.kills = plan.kills.filter((kill) => kill.move === move);
      return armNext();
    },
    disarm: async (): Promise<void> => {
      held.kills = [];
      await armNext();
    },
    /** `killed`: the order did not come to its end; a new process is open. */
    tell: async (order: Order): Promise<Reply | Killed> => {
      const { seat } = held;
      if (!seat) throw new Error("No process is open.");
      let late: NodeJS.Timeout | undefined;
      const patience = new Promise<Reply>((resolve) => { late = setTimeout(() => resolve({ kind: "broken", message: `no answer to ${order.do}` }), PATIENCE_MS); });
      const [reply] = await Promise.all([Promise.race([seat.tell(order), patience]), flushRival()]);
      clearTimeout(late);
      story.push(`${Date.now() - began} ms: ${order.do} ${"batch" in order && typeof order.batch !== "string" ? order.batch.operations.map((each) => JSON.stringify(each)).join(" + ") : ""} -> ${JSON.stringify("result" in reply ? reply.result : reply).slice(0, 400)}`);
      if (reply.kind === "killed") await next(reply);
      return reply;
    },
  };
}

/** What was promised to be undone, and is told to be something else. */
async function notUndone(crew: Crew, takenBack: readonly string[]): Promise<readonly string[]> {
  const items = await historyOf(crew);
  return takenBack.flatMap((batch) => {
    const { state, message = "" } = items.find((item) => item.batch === batch) ?? { state: "lost" };
    return state === "undone" ? [] : [`an undo was promised, and its sentence is told as ${state}: ${message}`];
  });
}

/** Takes a batch back as a person would: again when the program ended meanwhile, until it says that it is, or will be, undone. Its name, then. */
async function undoOne(move: Extract<Move, { do: "undo" }>, crew: Crew, model: Model): Promise<readonly string[]> {
  const open = model.undoable();
  const batch = open.at(-1 - (move.back % Math.max(1, open.length)));
  if (batch === undefined) return [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const reply = await crew.tell({ do: "undo", batch });
    if (reply.kind !== "undone") continue;
    const { kind } = reply.result;
    if (kind === "undone" || kind === "withdrawn" || kind === "queued" || (kind === "nothing" && round > 0)) {
      model.undo(batch);
      return [batch];
    }
    if (kind === "failed") await new Promise((resolve) => setTimeout(resolve, 20));
    else throw new Error(`The undo of an untouched batch came to "${JSON.stringify(reply.result)}".`);
  }
  return [];
}

interface Saying {
  readonly crew: Crew;
  readonly model: Model;
  readonly line: Outside;
  readonly batchName: string;
  readonly wrong: string[];
}

/** Confirms a sentence. What counts is what the receipt said; without one, whether the journal knows the sentence. */
async function say(move: Extract<Move, { do: "say" }>, { crew, model, line, batchName, wrong }: Saying): Promise<boolean> {
  const shown = model.all();
  const operations = operationsOf(move.acts, shown);
  // A change that wants what is there already is done, whoever did it: only others can be overtaken by an edit.
  const first = operations.find((operation) => operation.op === "delete" || (operation.op === "change" && (operation.set.date ?? operation.set.hours) !== undefined));
  const meddled = move.meddle && first && "entry" in first ? first.entry : undefined;
  if (meddled !== undefined) {
    await line.heal();
    wrong.push(...(await settle(crew)));
    await meddle(meddled, model, line);
  }
  if (operations.length === 0) return false;
  const before = shown.flatMap(({ id, key: _key, ticked: _ticked, ...entry }) => (id === undefined ? [] : [{ ...entry, id }])).filter((entry) => operations.some((operation) => ("entry" in operation ? operation.entry === entry.id : operation.op === "start" && entry.running)));
  const ends = operations.findIndex((operation) => ("entry" in operation && operation.entry === meddled) || (operation.op === "add" && operation.project === UNBOOKABLE));
  const effective = ends < 0 ? operations : operations.slice(0, ends);
  const reply = await crew.tell({ do: "commit", batch: { sentence: batchName, operations, before } });
  if (reply.kind === "broken") throw new Error(reply.message);
  const batch = reply.kind === "committed" && reply.result && "batch" in reply.result ? reply.result.batch : await recorded(crew, batchName);
  if (batch === undefined) return false;
  if (effective.length > 0) model.apply(batch, effective, TODAY);
  if (reply.kind === "committed" && ends >= 0 && reply.result?.kind === "saved") wrong.push("told as saved what cannot have been");
  const ids = await idsOf(crew, batch);
  model.learn(batch, ids);
  return true;
}

async function meddle(id: number, model: Model, line: Saying["line"]): Promise<void> {
  const now = (await line.entries()).find((entry) => entry.id === id);
  if (!now) throw new Error(`Entry ${id} is not there.`);
  const hours = now.hours > 12 ? 11.11 : 13.13;
  await line.setHours(id, hours);
  model.meddle(id, ((await line.entries()).find((entry) => entry.id === id) ?? now).hours);
}

const recorded = async (crew: Crew, sentence: string): Promise<string | undefined> => (await historyOf(crew)).find((item) => item.sentence === sentence)?.batch;

async function historyOf(crew: Crew): Promise<readonly Told[]> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const reply = await crew.tell({ do: "history" });
    if (reply.kind === "history") return reply.items;
  }
  throw new Error("The history cannot be read.");
}

async function idsOf(crew: Crew, batch: string): Promise<readonly number[]> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const reply = await crew.tell({ do: "outcome", batch });
    if (reply.kind === "committed") return reply.result && "entries" in reply.result ? reply.result.entries.map(({ entry }) => entry) : [];
  }
  return [];
}
