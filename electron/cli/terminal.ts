import { createInterface } from "node:readline/promises";

export const DONE = 0;
export const COULD_NOT = 1;
export const WRONG_USAGE = 2;
export const QUESTION_OPEN = 3;
export type ExitCode = 0 | 1 | 2 | 3;

/** The terminal as commands see it: results on stdout, notices on stderr, and a way to ask when somebody is there. */
export interface Terminal {
  readonly interactive: boolean;
  out(line: string): void;
  json(value: unknown): void;
  say(line: string): void;
  /** The typed line; undefined when the input ended. */
  ask(question: string): Promise<string | undefined>;
  /** Like `ask`, but nothing that is typed appears. Without a terminal it reads one line of stdin. */
  askSecret(question: string): Promise<string | undefined>;
}

async function askOnce(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<undefined>((resolve) => lines.once("close", () => resolve(undefined)));
  try {
    return await Promise.race([lines.question(question), ended]);
  } finally {
    lines.close();
  }
}

function readSecret(question: string): Promise<string | undefined> {
  const { stdin } = process;
  process.stderr.write(question);
  stdin.setRawMode(true);
  stdin.resume();
  return new Promise((resolve) => {
    let typed = "";
    const finish = (result: string | undefined): void => {
      stdin.setRawMode(false);
      stdin.pause();
      stdin.removeListener("data", take);
      process.stderr.write("\n");
      resolve(result);
    };
    const take = (chunk: Buffer): void => {
      for (const char of chunk.toString("utf8")) {
        if (char === "\r" || char === "\n") return finish(typed);
        if (char === "\u0003" || char === "\u0004") return finish(undefined);
        typed = char === "\u007f" || char === "\b" ? typed.slice(0, -1) : typed + char;
      }
    };
    stdin.on("data", take);
  });
}

async function firstLine(): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  return undefined;
}

/** This process's own terminal. */
export function createTerminal(): Terminal {
  const interactive = Boolean(process.stdin.isTTY && process.stderr.isTTY);
  return {
    interactive,
    out: (line) => process.stdout.write(`${line}\n`),
    json: (value) => process.stdout.write(`${JSON.stringify(value)}\n`),
    say: (line) => process.stderr.write(`${line}\n`),
    ask: askOnce,
    askSecret: (question) => (interactive ? readSecret(question) : firstLine()),
  };
}
