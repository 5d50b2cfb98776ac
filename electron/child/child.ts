import { fork } from "node:child_process";

/**
 * A helper process as its owner sees it: plain messages both ways, an end, and a kill that always works.
 * Two makers exist: `forkChild` here (CLI, tests) and the shell's utilityProcess (app).
 */
export interface Child {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once. `code` is undefined when the process was ended by a signal or could not be started; `signal` names it where that is known. */
  onExit(listener: (code: number | undefined, signal?: string) => void): void;
  /** Ends the process at once, whatever it is doing; a hung native call cannot refuse. */
  kill(): void;
  readonly pid: number | undefined;
}

export type SpawnChild = () => Child;

/** Starts `module` as a Node child with structured-clone messages and quiet output. */
export function forkChild(module: string, env: NodeJS.ProcessEnv = process.env): Child {
  const child = fork(module, [], { serialization: "advanced", stdio: ["ignore", "ignore", "ignore", "ipc"], env });
  let ended = false;
  const onEnd: ((code: number | undefined, signal?: string) => void)[] = [];
  const end = (code: number | undefined, signal?: string): void => {
    if (ended) return;
    ended = true;
    for (const listener of onEnd) listener(code, signal);
  };
  child.on("exit", (code, signal) => end(code ?? undefined, signal ?? undefined));
  child.on("error", () => end(undefined));
  return {
    post: (message) => {
      // A message to a child that has just died is not an error here: its exit is reported once, by onExit.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => child.on("message", listener),
    onExit: (listener) => onEnd.push(listener),
    kill: () => child.kill("SIGKILL"),
    get pid() {
      return child.pid;
    },
  };
}

/** The child's own end of the line, the same for a forked Node process and for an Electron utilityProcess. */
export interface ParentLine {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown }) => void): void;
}

/** Finds the line to whoever started this process. Throws when nobody did: such a module is not meant to be run by hand. */
export function parentLine(): ParentLine {
  const port = (process as unknown as { parentPort?: ParentPort | null }).parentPort;
  if (port) {
    return { post: (message) => port.postMessage(message), onMessage: (listener) => port.on("message", (event) => listener(event.data)) };
  }
  if (process.send) {
    const send = process.send.bind(process);
    process.on("disconnect", () => process.exit(0));
    return { post: (message) => send(message), onMessage: (listener) => process.on("message", listener) };
  }
  throw new Error("This process serves another one and cannot be started by hand.");
}
