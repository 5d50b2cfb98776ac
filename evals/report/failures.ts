import type { ResultRow } from "../result.ts";

const WRITTEN: Readonly<Record<string, (value: unknown) => string>> = {
  date: String, hours: (value) => `${String(value)}h`, project: (value) => `p${String(value)}`, task: (value) => `t${String(value)}`, notes: (value) => JSON.stringify(value), running: (value) => (value === true ? "running" : "stopped"),
};

function entry(fields: object): string {
  const all = new Map<string, unknown>(Object.entries(fields));
  const isNew = !all.has("id");
  const parts = Object.entries(WRITTEN).flatMap(([name, write]) => {
    const value = all.get(name);
    return value === undefined || (isNew && name === "running" && value === false) ? [] : [write(value)];
  });
  return [...(isNew ? [] : [`#${String(all.get("id") as number)}`]), ...parts].join(" ");
}

interface State {
  readonly added: readonly object[];
  readonly changed: readonly object[];
  readonly deleted: readonly number[];
}

/** A state difference on one line: "+2026-04-07 2h p1 t11", "~#7 2026-04-06", "-#3". */
export function stateLine({ added, changed, deleted }: State): string {
  // The id of a new entry is the account's own affair.
  const bare = added.map((each) => `+${entry(Object.fromEntries(Object.entries(each).filter(([name]) => name !== "id")))}`);
  return [...bare, ...changed.map((each) => `~${entry(each)}`), ...deleted.map((id) => `-#${id}`)].join("  ") || "(nothing)";
}

/** One case that did not succeed, and whose fault it was, on four lines. */
export function failureLines(row: ResultRow): string {
  const { expect } = row;
  const about = expect.about ? ` about ${expect.about.join("/")}` : "";
  const has = expect.answerHas.length > 0 ? ` has ${expect.answerHas.join(", ")}` : "";
  const got = row.error ?? `${row.outcome}${row.about ? ` about ${row.about}` : ""}  ${stateLine(row.diff)}`;
  const mark = `${row.harm ? `HARM ${row.harms.join(" ")}` : row.label}${row.fault ? `, at fault: ${row.fault}` : ""}`;
  const answered = row.outcome === "answer" ? `\n    said: ${row.shown.slice(0, 160)}` : "";
  return `${row.id}${row.trial > 0 ? ` (trial ${row.trial})` : ""} [${mark}]\n    “${row.said.join(" | ")}”\n    want: ${expect.outcome.join("/")}${about}${has}  ${stateLine(expect)}\n    got:  ${got}${answered}`;
}
