import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import type { HarvestOrder, HarvestReply, Order, Reply } from "./messages.ts";

/** The outbox's process is gone; `step` is where it waited when it was killed, `safe` how many bytes of its journal were synced. */
export interface Killed {
  readonly kind: "killed";
  readonly step: string;
  readonly safe: number | undefined;
}

/** A process that runs the outbox. */
export interface OutboxProcess {
  /** Gives an order and waits for its answer, or for the end of the process. */
  tell(order: Order): Promise<Reply | Killed>;
  /** SIGKILL, whatever it does. */
  kill(): void;
}

function linesOf(stream: Readable | null | undefined, take: (line: string) => void): void {
  let rest = "";
  stream?.on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString("utf8")).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) take(part);
  });
}

/** Starts one, ready for orders. It is killed with SIGKILL at the very step that it announces. */
export async function startOutbox(file: string): Promise<OutboxProcess> {
  const child = spawn(process.execPath, [file], { stdio: ["ignore", "inherit", "inherit", "pipe", "pipe", "ipc"] });
  let waiting: ((reply: Reply | Killed) => void) | undefined;
  let killed: Killed | undefined;
  const settle = (reply: Reply | Killed): void => {
    const resolve = waiting;
    waiting = undefined;
    resolve?.(reply);
  };
  linesOf(child.stdio[3] as Readable, (line) => {
    const [step = "", safe] = line.split("|");
    killed = { kind: "killed", step, safe: Number(safe) };
    child.kill("SIGKILL");
  });
  child.on("message", (reply: Reply) => settle(reply));
  child.on("exit", () => {
    killed ??= { kind: "killed", step: "by the clock", safe: undefined };
    settle(killed);
  });
  const ready = new Promise<Reply | Killed>((resolve) => { waiting = resolve; });
  await ready;
  return {
    tell: (order) => {
      if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(killed ?? { kind: "killed", step: "before", safe: undefined });
      return new Promise((resolve) => {
        waiting = resolve;
        child.send(order, (error) => { if (error) settle(killed ?? { kind: "killed", step: "before", safe: undefined }); });
      });
    },
    kill: () => void child.kill("SIGKILL"),
  };
}

/** Processes that are started before they are needed, because a run that loses one wants the next at once. */
export function createPool(file: string, size: number): { readonly take: () => Promise<OutboxProcess>; readonly close: () => Promise<void> } {
  const ready: Promise<OutboxProcess>[] = [];
  const fill = (): void => {
    while (ready.length < size) ready.push(startOutbox(file));
  };
  fill();
  return {
    take: () => {
      const first = ready.shift() ?? startOutbox(file);
      fill();
      return first;
    },
    close: async () => {
      for (const each of ready.splice(0)) (await each).kill();
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
