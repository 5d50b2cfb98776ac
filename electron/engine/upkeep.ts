import type { SpawnChild } from "../child/child.ts";
import { openConnection } from "./connection.ts";
import type { Connection, Patience } from "./connection.ts";
import { ending } from "./ending.ts";
import type { Ending } from "./ending.ts";
import type { EngineState } from "./state.ts";

export interface UpkeepOptions {
  readonly spawn: SpawnChild;
  readonly patience: Patience;
  readonly backOffMs: readonly number[];
  readonly log: (line: string) => void;
  readonly onState: (state: EngineState) => void;
  /** The process that was there is gone. Not called by `stop`. */
  readonly onEnd: (how: Ending) => void;
}

/** The one engine process: started when it is needed, again after it ended, later each time while it keeps ending. */
export interface Upkeep {
  /** The process there is, once it has said hello. Never rejects. */
  connect(): Promise<{ readonly kind: "open"; readonly connection: Connection } | { readonly kind: "ended"; readonly how: Ending }>;
  current(): Connection | undefined;
  /** The process does its work: its ends before no longer count. */
  works(): void;
  /** Ends in a row without work in between. */
  ends(): number;
  stop(): Promise<void>;
}

export function createUpkeep(options: UpkeepOptions): Upkeep {
  const { backOffMs } = options;
  const memo: { current?: Connection | undefined; opening?: ReturnType<Upkeep["connect"]> | undefined; ends: number; isStopped: boolean } = { ends: 0, isStopped: false };

  const onEnd = (connection: Connection, how: Ending): void => {
    if (memo.current !== connection) return;
    memo.current = undefined;
    memo.ends += 1;
    if (!memo.isStopped) options.onEnd(how);
  };
  const open: Upkeep["connect"] = async () => {
    if (memo.current !== undefined) return { kind: "open", connection: memo.current };
    const wait = memo.ends === 0 ? 0 : (backOffMs[Math.min(memo.ends, backOffMs.length) - 1] ?? 0);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (memo.isStopped) return { kind: "ended", how: ending("ended") };
    options.onState({ kind: "starting" });
    const { spawn, patience, log, onState } = options;
    const connection = openConnection({ spawn, patience, log, onState });
    memo.current = connection;
    void connection.ended.then((how) => onEnd(connection, how));
    return (await connection.ready) ? { kind: "open", connection } : { kind: "ended", how: await connection.ended };
  };

  return {
    connect: () => {
      memo.opening ??= open().finally(() => (memo.opening = undefined));
      return memo.opening;
    },
    current: () => memo.current,
    works: () => {
      memo.ends = 0;
    },
    ends: () => memo.ends,
    stop: async () => {
      memo.isStopped = true;
      memo.current?.kill();
      await memo.current?.ended;
    },
  };
}
