import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import type { HarvestOrder, HarvestReply, Order, Reply } from "./messages.ts";

/** The outbox's process is gone; `step` is where it waited when it was killed, `safe` how many bytes of its journal were synced. */
export interface Killed {
  readonly kind: "killed";
  readonly step: string;
  readonly safe: number | undefined;
}

/** One run's place in a process that runs outboxes. */
export interface Seat {
  /** Which process it is in. */
  readonly host: number;
  readonly pid: number;
  /** Gives an order and waits for its answer, or for the end of the process. */
  tell(order: Order): Promise<Reply | Killed>;
  /** SIGKILL, whatever it does, and whoever else is in it. */
  kill(): void;
  leave(): void;
}

/** A process with seats. */
interface Host {
  readonly number: number;
  readonly isAlive: () => boolean;
  readonly taken: () => number;
  seat(): Seat;
  end(): void;
}

/** How many runs share a process; a kill takes all of them, each wherever it is. */
const SEATS = 4;

function linesOf(stream: Readable | null | undefined, take: (line: string) => void): void {
  let rest = "";
  stream?.on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString("utf8")).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) take(part);
  });
}

/** Starts one, ready for orders. It is killed with SIGKILL at the very step that one of its seats announces. */
async function startHost(file: string, number: number, onKilled: () => void): Promise<Host> {
  const child = spawn(process.execPath, [file], { stdio: ["ignore", "inherit", "inherit", "pipe", "pipe", "ipc"] });
  const waiting = new Map<number, (reply: Reply | Killed) => void>();
  const seated = new Set<number>();
  const end: { chosen: number; step: string; safe: number | undefined; alive: boolean } = { chosen: -1, step: "by the clock", safe: undefined, alive: true };
  let next = 1;
  const killedFor = (seat: number): Killed => ({ kind: "killed", step: seat === end.chosen ? end.step : "beside another run", safe: seat === end.chosen ? end.safe : undefined });
  const settle = (seat: number, reply: Reply | Killed): void => {
    const resolve = waiting.get(seat);
    waiting.delete(seat);
    resolve?.(reply);
  };
  linesOf(child.stdio[3] as Readable, (line) => {
    const [seat = "", step = "", safe] = line.split("|");
    Object.assign(end, { chosen: Number(seat), step, safe: Number(safe) });
    child.kill("SIGKILL");
  });
  child.on("message", ({ seat, reply }: { seat: number; reply: Reply }) => settle(seat, reply));
  child.on("exit", () => {
    end.alive = false;
    if (seated.size > 0) onKilled();
    for (const seat of waiting.keys()) settle(seat, killedFor(seat));
  });
  await new Promise<void>((resolve) => void waiting.set(0, () => resolve()));
  const kill = (): void => void child.kill("SIGKILL");
  return {
    number,
    isAlive: () => end.alive && end.chosen < 0,
    taken: () => seated.size,
    seat: () => {
      const seat = next++;
      seated.add(seat);
      return {
        host: number,
        pid: child.pid ?? 0,
        kill: () => {
          if (end.chosen < 0) end.chosen = seat;
          kill();
        },
        leave: () => void seated.delete(seat),
        tell: (order) =>
          new Promise((resolve) => {
            if (!end.alive) return resolve(killedFor(seat));
            waiting.set(seat, resolve);
            child.send({ seat, order }, () => undefined);
          }),
      };
    },
    end: kill,
  };
}

/** Seats in processes of which some are started before they are needed: a run that loses its process wants the next at once. */
export interface Pool {
  /** A seat; not in process `except`. */
  take(except?: number): Promise<Seat>;
  kills(): number;
  close(): Promise<void>;
}

export function createPool(file: string, spare: number): Pool {
  const fresh: Promise<Host>[] = [];
  const hosts: Host[] = [];
  const count = { hosts: 0, kills: 0, closing: false };
  const fill = (): void => {
    while (!count.closing && fresh.length < spare) fresh.push(startHost(file, (count.hosts += 1), () => void (count.kills += 1)));
  };
  fill();
  const take = async (except?: number): Promise<Seat> => {
    const free = hosts.find((host) => host.isAlive() && host.number !== except && host.taken() < SEATS);
    if (free) return free.seat();
    const started = fresh.shift();
    fill();
    if (!started) return take(except);
    hosts.push(await started);
    for (const gone of hosts.filter((host) => !host.isAlive())) hosts.splice(hosts.indexOf(gone), 1);
    return take(except);
  };
  return {
    take,
    kills: () => count.kills,
    close: async () => {
      count.closing = true;
      for (const host of [...hosts, ...(await Promise.all(fresh))]) host.end();
    },
  };
}

/** The process that is Harvest. */
export interface HarvestProcess {
  tell(order: HarvestOrder): Promise<HarvestReply>;
  close(): void;
}

/** Starts it. */
export async function startHarvest(file: string): Promise<HarvestProcess> {
  const child: ChildProcess = spawn(process.execPath, [file], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const open = new Map<number, (answer: { reply?: HarvestReply; broken?: string }) => void>();
  let next = 1;
  const ready = new Promise<void>((resolve) => child.once("message", () => resolve()));
  child.on("message", (message: { id: number; reply?: HarvestReply; broken?: string }) => {
    open.get(message.id)?.(message);
    open.delete(message.id);
  });
  await ready;
  return {
    tell: (order) =>
      new Promise((resolve, reject) => {
        const id = next++;
        open.set(id, ({ reply, broken }) => (broken === undefined ? resolve(reply ?? { url: "", token: "", accountId: 0, userId: 0 }) : reject(new Error(broken))));
        child.send({ id, order });
      }),
    close: () => void child.kill("SIGKILL"),
  };
}
