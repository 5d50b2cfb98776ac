import type { z } from "zod";
import type { RemoteResult } from "../core/remote.ts";
import { failed } from "./errors.ts";
import type { Transport } from "./http.ts";

// 2000 rows a page: this is a guard against a list that never ends, not a limit on anybody's data.
const MAX_PAGES = 200;

type Linked = { readonly links?: { readonly next?: string | null | undefined } | null | undefined };

/** Reads and checks answers: one object, or every page of a list. */
export interface Reader {
  one<T>(path: string, schema: z.ZodType<T>): Promise<RemoteResult<T>>;
  all<T extends Linked>(path: string, schema: z.ZodType<T>, how?: "at-once"): Promise<RemoteResult<readonly T[]>>;
}

export function createReader(transport: Transport): Reader {
  const get = async <T>(url: string, schema: z.ZodType<T>, how?: "at-once"): Promise<RemoteResult<T>> => {
    const answer = await transport.send({ method: "GET", url }, how);
    if (answer.kind === "failed") return answer;
    const read = schema.safeParse(answer.value);
    return read.success ? { kind: "ok", value: read.data } : failed("changed-shape", "Harvest answered in an unexpected form.");
  };
  return {
    one: (path, schema) => get(`${transport.base}${path}`, schema),
    async all<T extends Linked>(path: string, schema: z.ZodType<T>, how?: "at-once"): Promise<RemoteResult<readonly T[]>> {
      const pages: T[] = [];
      const seen = new Set<string>();
      let url = `${transport.base}${path}`;
      while (!seen.has(url) && seen.size < MAX_PAGES) {
        seen.add(url);
        const page = await get(url, schema, how);
        if (page.kind === "failed") return page;
        pages.push(page.value);
        // Page numbers are null in the middle of a cursor list; only the link says whether there is more (harvest-api §3).
        const next = page.value.links?.next;
        if (!next) return { kind: "ok", value: pages };
        if (!URL.canParse(next) || new URL(next).origin !== transport.base) {
          return failed("changed-shape", "Harvest's list goes on at another address, where the token is not sent.");
        }
        url = next;
      }
      return failed("changed-shape", "Harvest's list does not end.");
    },
  };
}
