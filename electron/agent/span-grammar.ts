import type { Quote } from "../core/intent.ts";
import { FIELDS, KINDS, LABELS, MAX_STEPS, offeredFields } from "./fields.ts";
import type { FieldName } from "./fields.ts";
import { escapeRun, MAX_WORDS, wordsOf } from "./words.ts";

export type SpanGrammar = { readonly kind: "grammar"; readonly gbnf: string } | { readonly kind: "too-long"; readonly words: number };

/** Between two steps of a reply, between a step and its fields, between a field's label and its words. */
export const STEP_SEPARATOR = " ; ";
export const FIELD_SEPARATOR = " | ";
export const LABEL_SEPARATOR = ": ";

/**
 * The GBNF grammar for the reply to one sentence: one to six steps such as `add | when: yesterday | hours: 2h | project: acme`, in
 * which every value is a contiguous run of this sentence's words and nothing else can be written. Its size grows linearly with the
 * sentence; more than 400 words are refused. A reply may begin with a space and end with a line feed, because models without a
 * chat template continue a line and end it that way.
 */
export function spanGrammar(text: string): SpanGrammar {
  const words = wordsOf(text);
  if (words.length > MAX_WORDS) return { kind: "too-long", words: words.length };
  const offered = offeredFields(text);
  const rules = [`root ::= " "? step rest1 "\\n"?`];
  // Written out instead of a counted repeat: counted repeats of long rules make llama.cpp's parser slow.
  for (let i = 1; i < MAX_STEPS; i += 1) rules.push(`rest${i} ::= "" | ${literal(STEP_SEPARATOR)} step${i + 1 < MAX_STEPS ? ` rest${i + 1}` : ""}`);
  rules.push(`step ::= ${KINDS.map((kind) => `step-${kind}`).join(" | ")}`);
  for (const kind of KINDS) {
    const fields = FIELDS[kind].filter((field) => offered.has(field)).map((field) => `${ruleName(field)}?`);
    rules.push(`step-${kind} ::= ${[literal(kind), ...fields].join(" ")}`);
  }
  for (const field of offered) rules.push(`${ruleName(field)} ::= ${literal(FIELD_SEPARATOR + LABELS[field] + LABEL_SEPARATOR)} span`);
  rules.push(...spanRules(text, words));
  return { kind: "grammar", gbnf: rules.join("\n") };
}

/** `span` is any run of words: a run starts at any word, and after each word it either ends or takes the next one with what stands between. */
function spanRules(text: string, words: readonly Quote[]): readonly string[] {
  if (words.length === 0) return [];
  const rules = [`span ::= ${words.map((_, i) => `w${i}`).join(" | ")}`];
  words.forEach((word, i) => {
    rules.push(`w${i} ::= ${literal(escapeRun(text.slice(word.start, word.end)))} t${i}`);
    const next = words[i + 1];
    rules.push(next === undefined ? `t${i} ::= ""` : `t${i} ::= "" | ${literal(escapeRun(text.slice(word.end, next.start)))} w${i + 1}`);
  });
  return rules;
}

function ruleName(field: FieldName): string {
  return `f-${field}`;
}

/** A GBNF string. Everything that could end a line is already written as an escape by `escapeRun`. */
function literal(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
