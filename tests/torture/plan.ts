import { diceOf, pickOf, roll, type Dice } from "./dice.ts";

/** Torture time runs this many times as fast as the clock: the five seconds that the outbox waits for Harvest are 500 ms. */
export const SCALE = 10;

/** What a sentence does, with its entry picked from those that can be seen when its turn comes. */
export type Act =
  | { readonly op: "add"; readonly hours: number; readonly day: number; readonly note: string; readonly unbookable?: true | undefined }
  | { readonly op: "change"; readonly pick: number; readonly hours?: number | undefined; readonly note?: string | undefined }
  | { readonly op: "move"; readonly pick: number; readonly day: number }
  | { readonly op: "delete"; readonly pick: number }
  | { readonly op: "start"; readonly note: string }
  | { readonly op: "stop" };

/** One thing that a person does. `meddle`: somebody edits the first entry that the sentence touches after it was shown. */
export type Move =
  | { readonly do: "say"; readonly acts: readonly Act[]; readonly meddle?: true | undefined }
  | { readonly do: "undo"; readonly back: number }
  | { readonly do: "restart-harvest" };

/** A fault that Harvest or the line has on the next `times` requests of that kind. */
export interface PlannedFault {
  readonly move: number;
  readonly fault: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly times: number;
}

/**
 * An end by SIGKILL while move `move` is made (one past the last: while recovering). `at`: at that step of the outbox, counted from the
 * start of the move. `afterMs`: then, wherever it is. `power`: what was written and not synced is lost, from a random byte on.
 */
export interface PlannedKill {
  readonly move: number;
  readonly at?: number | undefined;
  readonly afterMs?: number | undefined;
  readonly power: number | undefined;
}

/** Everything that happens in one run. The same plan can be played again. */
export interface Plan {
  readonly run: string;
  /** Harvest drops our marks. */
  readonly dropsMarks: boolean;
  /** The account books a start and an end. */
  readonly startEnd: boolean;
  /** The journal begins with work of months ago, so that the first sentence compacts it. */
  readonly aged: boolean;
  /** A second program sends on the same folder all the while. */
  readonly rival: boolean;
  readonly moves: readonly Move[];
  readonly faults: readonly PlannedFault[];
  readonly kills: readonly PlannedKill[];
}

const ANY = ["429:1", "429-html", "429-body:1", "429-date:1", "500", "503", "502-html", "520-html", "drop-before-commit", "half-response", "slow:15", "drip:2"] as const;
const WRITE_ONLY = ["drop-after-commit", "drop-after-commit", "drop-during-commit:60", "timeout-after-commit", "timeout-before-commit"] as const;
const NOTES = ["Client work", "Client work", "Review & notes", "Über ‘Zeit’ 😀", "{\"v\":1}"] as const;
const QUARTERS = 32;

const someHours = (dice: Dice): number => (1 + roll(dice, QUARTERS)) / 4;

function actOf(dice: Dice, timers: boolean): Act {
  const kind = roll(dice, timers ? 10 : 8);
  const note = pickOf(dice, NOTES);
  const pick = roll(dice, 100);
  if (kind < 3) return { op: "add", hours: someHours(dice), day: roll(dice, 3), note, ...(dice() < 0.06 ? { unbookable: true } : {}) };
  if (kind < 5) return dice() < 0.5 ? { op: "change", pick, hours: someHours(dice) } : { op: "change", pick, note: `${note} again`, ...(dice() < 0.5 ? { hours: someHours(dice) } : {}) };
  if (kind < 7) return { op: "move", pick, day: roll(dice, 5) };
  if (kind < 8) return { op: "delete", pick };
  return kind < 9 ? { op: "start", note } : { op: "stop" };
}

function moveOf(dice: Dice, timers: boolean): Move {
  const kind = dice();
  if (kind < 0.3) return { do: "undo", back: roll(dice, 3) };
  if (kind < 0.34) return { do: "restart-harvest" };
  const acts = Array.from({ length: 1 + roll(dice, 3) }, () => actOf(dice, timers));
  return { do: "say", acts, ...(dice() < 0.08 && timers ? { meddle: true } : {}) };
}

function faultOf(dice: Dice, moves: number): PlannedFault {
  const move = roll(dice, moves);
  const times = 1 + roll(dice, 2);
  const kind = dice();
  if (kind < 0.15) return { move, times: times + 1, method: "GET", fault: "stale-reads:200" };
  if (kind < 0.35) return { move, times, method: "GET", fault: pickOf(dice, ANY) };
  return { move, times, method: pickOf(dice, ["POST", "POST", "POST", "PATCH", "PATCH", "DELETE"] as const), fault: pickOf(dice, dice() < 0.5 ? WRITE_ONLY : ANY) };
}

function killOf(dice: Dice, moves: number): PlannedKill {
  const move = roll(dice, moves + 1);
  const power = dice() < 0.4 ? dice() : undefined;
  return dice() < 0.85 ? { move, power, at: 1 + roll(dice, dice() < 0.7 ? 24 : 60) } : { move, power, afterMs: roll(dice, 60) };
}

/** The plan of run number `run` of a seed. */
export function planOf(seed: number, run: number): Plan {
  const dice = diceOf(Math.imul(seed, 1_000_003) ^ Math.imul(run + 1, 7_919));
  const startEnd = dice() < 0.15;
  const said = moveOf(() => 0.5 + dice() / 2, !startEnd);
  const moves: readonly Move[] = [said, ...Array.from({ length: 1 + roll(dice, 3) }, () => moveOf(dice, !startEnd))];
  return {
    run: `${seed}-${run}`,
    dropsMarks: dice() < 0.3,
    startEnd,
    aged: dice() < 0.25,
    rival: dice() < 0.15,
    moves,
    faults: Array.from({ length: roll(dice, 8) }, () => faultOf(dice, moves.length)),
    // A kill takes the other runs of its process along, so that each run meets several times what it plans itself.
    kills: Array.from({ length: roll(dice, 5) === 0 ? 2 : roll(dice, 2) }, () => killOf(dice, moves.length)),
  };
}

/** Smaller plans that may still fail: one move, fault or kill fewer, or one act fewer in a sentence. */
export function smaller(plan: Plan): readonly Plan[] {
  const without = <T>(list: readonly T[], index: number): readonly T[] => list.filter((_, at) => at !== index);
  const earlier = <T extends { readonly move: number }>(list: readonly T[], gone: number): readonly T[] => list.filter(({ move }) => move !== gone).map((each) => (each.move > gone ? { ...each, move: each.move - 1 } : each));
  return [
    ...plan.moves.map((_, index) => ({ ...plan, moves: without(plan.moves, index), faults: earlier(plan.faults, index), kills: earlier(plan.kills, index) })),
    ...plan.kills.map((_, index) => ({ ...plan, kills: without(plan.kills, index) })),
    ...plan.faults.map((_, index) => ({ ...plan, faults: without(plan.faults, index) })),
    ...plan.moves.flatMap((move, at) => (move.do === "say" && move.acts.length > 1 ? move.acts.map((_, index) => ({ ...plan, moves: plan.moves.map((each, place) => (place === at ? { ...move, acts: without(move.acts, index) } : each)) })) : [])),
    ...(plan.dropsMarks ? [{ ...plan, dropsMarks: false }] : []),
    ...(plan.aged ? [{ ...plan, aged: false }] : []),
    ...(plan.rival ? [{ ...plan, rival: false }] : []),
    ...(plan.startEnd ? [{ ...plan, startEnd: false }] : []),
  ].filter(({ moves }) => moves.length > 0);
}
