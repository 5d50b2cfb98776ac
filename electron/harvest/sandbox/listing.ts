import type { Sent, WirePage } from "../wire.ts";
import type { Answer } from "./answer.ts";
import { okay, refused } from "./answer.ts";

const MAX_PER_PAGE = 2000;

/** Where a list is served: links are absolute and repeat the filters. */
export interface ListPlace {
  /** "http://127.0.0.1:1234/v2/time_entries". */
  readonly address: string;
  readonly query: URLSearchParams;
}

interface Row {
  readonly id: number;
}

/** As Harvest's: {"after":{"id":3007}}; `at` is where that row stood, for when it is gone by the time the next page is asked for. */
function cursorOf(row: Row | undefined, direction: "after" | "before", at: number): string {
  return Buffer.from(JSON.stringify({ [direction]: { id: row?.id ?? 0 }, at })).toString("base64url");
}

function cursorIn(text: string): { readonly after: boolean; readonly id: number; readonly at: number } | undefined {
  const found = /"(after|before)":\{"id":(\d+)\}(?:,"at":(\d+))?/.exec(Buffer.from(text, "base64url").toString("utf8"));
  return found ? { after: found[1] === "after", id: Number(found[2]), at: Number(found[3] ?? 0) } : undefined;
}

function startOf(rows: readonly Row[], place: ListPlace, perPage: number): number {
  const text = place.query.get("cursor");
  const cursor = text === null ? undefined : cursorIn(text);
  if (cursor === undefined) return (Math.max(1, Number(place.query.get("page") ?? "1") || 1) - 1) * perPage;
  const index = rows.findIndex((row) => row.id === cursor.id);
  if (cursor.after) return index < 0 ? cursor.at : index + 1;
  return Math.max(0, (index < 0 ? cursor.at : index) - perPage);
}

/**
 * One page of `rows` under `key`, in Harvest's envelope. On all but the first and last page the page numbers are null and only
 * `links.next` says that there is more (harvest-api §3). `limit` forces smaller pages than were asked for.
 */
export function listed<T extends Row>(key: string, rows: readonly T[], show: (row: T) => unknown, place: ListPlace, limit?: number): Answer {
  const wanted = Number(place.query.get("per_page") ?? MAX_PER_PAGE);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MAX_PER_PAGE) return refused([`per_page must be between 1 and ${MAX_PER_PAGE}`], true);
  const perPage = Math.min(wanted, limit ?? wanted);
  const start = startOf(rows, place, perPage);
  const total = Math.max(1, Math.ceil(rows.length / perPage));
  const page = Math.floor(start / perPage) + 1;
  const isEdge = page === 1 || page >= total;
  const here = rows.slice(start, start + perPage);
  const link = (changes: Readonly<Record<string, string>>): string => {
    const query = new URLSearchParams(place.query);
    for (const name of ["page", "cursor", "ref", "access_token", "account_id"]) query.delete(name);
    query.set("per_page", String(perPage));
    for (const [name, value] of Object.entries(changes)) query.set(name, value);
    return `${place.address}?${query.toString()}`;
  };
  const hasNext = start + perPage < rows.length;
  const envelope: Sent<WirePage> = {
    per_page: perPage, total_pages: total, total_entries: rows.length,
    next_page: isEdge && hasNext ? page + 1 : null,
    previous_page: isEdge && page > 1 ? page - 1 : null,
    page: isEdge ? page : null,
    links: {
      first: link({ page: "1", ref: "first" }),
      next: hasNext ? link({ cursor: cursorOf(here.at(-1), "after", start + here.length - 1), ref: "next_cursor" }) : null,
      previous: start > 0 ? link({ cursor: cursorOf(here[0], "before", start), ref: "previous_cursor" }) : null,
      last: link({ page: String(total), ref: "last" }),
    },
  };
  return okay({ [key]: here.map(show), ...envelope });
}
