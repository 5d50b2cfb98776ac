import type { Child, SpawnChild } from "../child/child.ts";
import { keychainReply, type KeychainReply, type KeychainRequest } from "./keychain-line.ts";
import type { Vault } from "./vault.ts";

export interface KeychainVaultOptions {
  /** Starts the keychain process. */
  readonly spawn: SpawnChild;
  /** Milliseconds for one call; then the process is killed. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds without a call after which the process is ended. */
  readonly idleMs?: number | undefined;
}

type NoKeychain = { readonly kind: "no-keychain"; readonly message: string };
type Ask = KeychainRequest extends infer R ? (R extends KeychainRequest ? Omit<R, "id"> : never) : never;
type Answer = KeychainReply | NoKeychain;

const UNUSABLE: NoKeychain = { kind: "no-keychain", message: "The system's keychain cannot be used here." };
const SILENT: NoKeychain = { kind: "no-keychain", message: "The system's keychain did not answer; it may be locked." };

/** One living keychain process and the calls that wait for it. */
interface Burst {
  readonly ask: (request: Ask) => Promise<Answer>;
}

/**
 * The system's keychain as a vault. A process is started for each burst of calls and killed after it, or as soon as one call takes too
 * long, so that a locked keyring can never hold the program.
 */
export function createKeychainVault({ spawn, timeoutMs = 8_000, idleMs = 500 }: KeychainVaultOptions): Vault {
  let burst: Burst | undefined;

  const ask = (request: Ask): Promise<Answer> => {
    if (!burst) {
      const mine = startBurst({ spawn, timeoutMs, idleMs }, () => {
        if (burst === mine) burst = undefined;
      });
      burst = mine;
    }
    return burst?.ask(request) ?? Promise.resolve(UNUSABLE);
  };

  return {
    get: async (account) => {
      const answer = await ask({ ask: "get", account });
      if (answer.kind === "found") return { kind: "found", secret: answer.secret };
      return answer.kind === "absent" ? { kind: "absent" } : noKeychain(answer);
    },
    set: async (account, secret) => {
      const answer = await ask({ ask: "set", account, secret });
      return answer.kind === "kept" ? { kind: "kept" } : noKeychain(answer);
    },
    remove: async (account) => {
      const answer = await ask({ ask: "remove", account });
      return answer.kind === "removed" ? { kind: "removed" } : noKeychain(answer);
    },
  };
}

const noKeychain = (answer: Answer): NoKeychain => (answer.kind === "no-keychain" ? answer : UNUSABLE);

function startBurst({ spawn, timeoutMs, idleMs }: Required<{ [K in keyof KeychainVaultOptions]: NonNullable<KeychainVaultOptions[K]> }>, onEnd: () => void): Burst | undefined {
  const waiting = new Map<number, (answer: Answer) => void>();
  let nextId = 1;
  let idle: NodeJS.Timeout | undefined;
  let child: Child;
  try {
    child = spawn();
  } catch {
    return undefined;
  }
  const killWithUs = (): void => child.kill();
  // A keychain call that hangs would otherwise outlive this process, waiting for nobody.
  process.once("exit", killWithUs);

  const end = (why: NoKeychain): void => {
    process.removeListener("exit", killWithUs);
    clearTimeout(idle);
    onEnd();
    child.kill();
    for (const answer of waiting.values()) answer(why);
  };
  child.onExit(() => end(UNUSABLE));
  child.onMessage((message) => {
    const reply = keychainReply.safeParse(message);
    if (reply.success) waiting.get(reply.data.id)?.(reply.data);
  });

  return {
    ask: (request) =>
      new Promise((resolve) => {
        const id = nextId++;
        clearTimeout(idle);
        const timer = setTimeout(() => end(SILENT), timeoutMs);
        waiting.set(id, (answer) => {
          clearTimeout(timer);
          waiting.delete(id);
          if (waiting.size === 0 && answer.kind !== "no-keychain") idle = setTimeout(() => end(UNUSABLE), idleMs);
          resolve(answer);
        });
        child.post({ id, ...request });
      }),
  };
}
