import { z } from "zod";
import { FIELDS, KINDS, LABELS, MAX_STEPS } from "../../agent/fields.ts";
import { FIELD_SEPARATOR, LABEL_SEPARATOR, STEP_SEPARATOR } from "../../agent/span-grammar.ts";
import { escapeRun, unescapeRun } from "../../agent/words.ts";

/* The reply line as JSON, for servers that take a JSON schema but no grammar. */

const fields = Object.values(LABELS);

/** What such a server is held to. It cannot say that values are words of the sentence; that is checked afterwards. */
export const STEPS_SCHEMA = {
  type: "object",
  properties: {
    steps: {
      type: "array",
      minItems: 1,
      maxItems: MAX_STEPS,
      items: { type: "object", properties: { command: { type: "string", enum: KINDS }, ...Object.fromEntries(fields.map((label) => [label, { type: "string" }])) }, required: ["command"], additionalProperties: false },
    },
  },
  required: ["steps"],
  additionalProperties: false,
} as const;

export const STEPS_RULE = 'Answer with JSON only: {"steps":[{"command":"add","when":"…","hours":"…","project":"…"}]}. Leave out what the sentence does not say. Copy every value from the sentence, letter for letter.';

const reply = z.object({ steps: z.array(z.record(z.string(), z.string())).min(1).max(MAX_STEPS) });

/** The reply line for a JSON reply; undefined when it is not of the form. Empty values are taken for fields left out. */
export function lineOfSteps(json: string): string | undefined {
  const parsed = reply.safeParse(parse(json));
  if (!parsed.success) return undefined;
  const lines: string[] = [];
  for (const { command, ...values } of parsed.data.steps) {
    const kind = KINDS.find((name) => name === command);
    if (kind === undefined) return undefined;
    const allowed = FIELDS[kind].map((field) => LABELS[field]);
    const given = Object.entries(values).filter(([, value]) => value.trim() !== "");
    if (given.some(([label]) => !allowed.includes(label))) return undefined;
    lines.push(kind + allowed.flatMap((label) => given.filter(([name]) => name === label).map(([, value]) => FIELD_SEPARATOR + label + LABEL_SEPARATOR + escapeRun(value.trim()))).join(""));
  }
  return lines.join(STEP_SEPARATOR);
}

/** The JSON for a reply line of the prompt's own examples. */
export function stepsOfLine(line: string): string {
  const steps = line.trim().split(STEP_SEPARATOR).map((step) => {
    const [command = "", ...parts] = step.split(FIELD_SEPARATOR);
    const values = parts.map((part) => {
      const at = part.indexOf(LABEL_SEPARATOR);
      return [part.slice(0, at), unescapeRun(part.slice(at + LABEL_SEPARATOR.length)) ?? ""];
    });
    return { command: command.trim(), ...Object.fromEntries(values) };
  });
  return JSON.stringify({ steps });
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
