import { z } from "zod";

/*
 * What a model may do that writes by itself: calls with real values, as JSON. No code stands between them and the account.
 * Editing has no date, as in the first published agent: a move is an entry made and an entry deleted.
 */

const text = z.string();
const call = z.discriminatedUnion("call", [
  z.object({ call: z.literal("log_time"), project: text, task: text, hours: z.number(), notes: text, date: text }),
  z.object({ call: z.literal("edit_entry"), entry: z.int(), hours: z.number(), notes: text }),
  z.object({ call: z.literal("delete_entry"), entry: z.int() }),
  z.object({ call: z.literal("start_timer"), project: text, task: text, notes: text }),
  z.object({ call: z.literal("stop_timer") }),
  z.object({ call: z.literal("view"), from: text, to: text }),
  z.object({ call: z.literal("ask"), about: z.enum(["date", "hours", "project", "task", "entry"]) }),
  z.object({ call: z.literal("refuse") }),
]);
export type DirectCall = z.infer<typeof call>;
const calls = z.array(call).max(6);

const FIELDS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  ["log_time", [["project", "str"], ["task", "str"], ["hours", "num"], ["notes", "str"], ["date", "str"]]],
  ["edit_entry", [["entry", "int"], ["hours", "num"], ["notes", "str"]]],
  ["delete_entry", [["entry", "int"]]],
  ["start_timer", [["project", "str"], ["task", "str"], ["notes", "str"]]],
  ["stop_timer", []],
  ["view", [["from", "str"], ["to", "str"]]],
  ["ask", [["about", "slot"]]],
  ["refuse", []],
];
const quoted = (name: string): string => `\\"${name}\\"`;

/** Grammar of a reply: valid JSON of one to three calls, with any values. It helps the model with the form and with nothing else. */
export const CALL_GRAMMAR: string = [
  `root ::= " "? "[" call ("," call ("," call)?)? "]" "\\n"?`,
  `call ::= ${FIELDS.map((_, at) => `c${at}`).join(" | ")}`,
  ...FIELDS.map(([name, fields], at) => `c${at} ::= "{${quoted("call")}:${quoted(name)}${fields.length > 0 ? "," : "}"}" ${fields.map(([field, kind], index) => `"${quoted(field)}:" ${kind} "${index === fields.length - 1 ? "}" : ","}"`).join(" ")}`),
  `str ::= "\\"" char* "\\""`,
  `char ::= [^"\\\\\\x00-\\x1F]`,
  `int ::= [1-9] [0-9]*`,
  `num ::= [0-9]+ ("." [0-9]+)?`,
  `slot ::= ${["date", "hours", "project", "task", "entry"].map((name) => `"${quoted(name)}"`).join(" | ")}`,
].join("\n");

/** The calls of a reply; undefined when it was cut off or is not of the form. */
export function parseCalls(reply: string): readonly DirectCall[] | undefined {
  try {
    const parsed = calls.safeParse(JSON.parse(reply.trim()));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
