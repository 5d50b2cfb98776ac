import { fail } from "./outcome.ts";
import type { Failure } from "./outcome.ts";
import { sleep } from "./pieces.ts";
import type { Line } from "./pieces.ts";
import { askFor, pour } from "./request.ts";

/** What the place offers: the file in parts, or only as a whole. */
export type Opening =
  | { readonly kind: "parts"; readonly total: number; readonly etag: string | null }
  | { readonly kind: "whole"; readonly total: number | undefined; readonly body: ReadableStream<Uint8Array> }
  | { readonly kind: "paused" }
  | Failure;

const MAGIC = "GGUF";
/** Tries to reach a place at all before another one is tried. */
const TRIES_UNHEARD = 3;

/** Asks for the first four bytes: whether the file is there, how long it is, whether it comes in parts, and whether it is a model at all. */
export async function openPlace(line: Line): Promise<Opening> {
  const memo: { last: Failure } = { last: noConnection() };
  for (let failures = 0; ; failures += 1) {
    if (line.signal.aborted) return { kind: "paused" };
    const answer = await askFor(line.fetch, line.url, 0, MAGIC.length, line.signal);
    const wait = { ms: 0 };
    switch (answer.kind) {
      case "part": {
        const first = await firstBytes(answer.body, line.stallMs);
        if (first === undefined) break;
        return answer.start === 0 && first === MAGIC ? { kind: "parts", total: answer.total, etag: answer.etag } : noModel();
      }
      case "whole":
        return { kind: "whole", total: answer.total, body: answer.body };
      case "wait":
        memo.last = fail("rate-limited", "The place the model comes from is asked too much at the moment; try again later.");
        wait.ms = answer.ms;
        break;
      case "not-found":
        return fail("not-found", "The model is no longer where it used to be.");
      case "refused":
        return refused(answer.status);
      case "outside":
        return noModel();
      default:
        memo.last = noConnection();
    }
    // Whoever is patient with a server that asks for it need not be with one that is not there.
    const pause = wait.ms === 0 && failures >= TRIES_UNHEARD ? undefined : line.retryMs[failures];
    if (pause === undefined) return line.signal.aborted ? { kind: "paused" } : memo.last;
    await sleep(Math.max(pause, wait.ms), line.signal);
  }
}

async function firstBytes(body: ReadableStream<Uint8Array>, stallMs: number): Promise<string | undefined> {
  const memo = { text: "" };
  await pour(body, stallMs, async (bytes) => {
    memo.text += Buffer.from(bytes).toString("latin1");
    return memo.text.length < MAGIC.length;
  });
  return memo.text.length < MAGIC.length ? undefined : memo.text.slice(0, MAGIC.length);
}

function noConnection(): Failure {
  return fail("offline", "The model could not be fetched: there is no connection to the place it comes from.");
}

function refused(status: number): Failure {
  const why = status === 401 || status === 403 ? "it wants a permission that Stint does not have" : "it did not say why";
  return fail("refused", `The place the model comes from refused to give it (status ${status}): ${why}.`);
}

/** What arrived is something else: a page, a message, another file. */
export function noModel(): Failure {
  return fail("wrong-file", "What arrived is not the model that was asked for; it has been thrown away.");
}
