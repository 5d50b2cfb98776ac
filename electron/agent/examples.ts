import type { IntentKind } from "../core/intent.ts";
import type { FieldName } from "./fields.ts";

export interface ExampleStep {
  readonly kind: IntentKind;
  readonly fields: Partial<Record<FieldName, string>>;
}

/** A sentence and what it means, in words of that sentence. */
export interface Example {
  readonly text: string;
  readonly steps: readonly ExampleStep[];
}

/** Shown to the model before every sentence. The names are invented and belong to no account; no Harvest text is ever shown. */
export const EXAMPLES: readonly Example[] = [
  { text: "2h vandelay imports yesterday", steps: [{ kind: "add", fields: { when: "yesterday", hours: "2h", project: "vandelay imports" } }] },
  { text: "put Friday's tyrell bots on Thursday", steps: [{ kind: "move", fields: { targetWhen: "Friday's", targetProject: "tyrell bots", when: "Thursday" } }] },
  { text: "delete monday's cyberdyne qa", steps: [{ kind: "delete", fields: { targetWhen: "monday's", targetProject: "cyberdyne qa" } }] },
  { text: "how long was I on vandelay imports last month?", steps: [{ kind: "ask", fields: { when: "last month", project: "vandelay imports" } }] },
  { text: "actually that was 2.5 hours, not 3 hours", steps: [{ kind: "change", fields: { targetHours: "3 hours", hours: "2.5 hours" } }] },
  {
    text: "spent 1.5 hours on tyrell bots testing on Wednesday - fixed the login",
    steps: [{ kind: "add", fields: { when: "Wednesday", hours: "1.5 hours", project: "tyrell bots", task: "testing", note: "fixed the login" } }],
  },
  { text: "I am now working on cyberdyne qa", steps: [{ kind: "start", fields: { project: "cyberdyne qa" } }] },
  { text: "send an invoice to vandelay", steps: [{ kind: "none", fields: {} }] },
  {
    text: "1h cyberdyne qa and 3h tyrell bots on friday",
    steps: [
      { kind: "add", fields: { when: "friday", hours: "1h", project: "cyberdyne qa" } },
      { kind: "add", fields: { when: "friday", hours: "3h", project: "tyrell bots" } },
    ],
  },
  { text: "stop the clock", steps: [{ kind: "stop", fields: {} }] },
  { text: "Monday's 2h was really for cyberdyne qa", steps: [{ kind: "change", fields: { targetWhen: "Monday's", targetHours: "2h", project: "cyberdyne qa" } }] },
  { text: "it was oscorp lab, not tyrell bots", steps: [{ kind: "change", fields: { targetProject: "tyrell bots", project: "oscorp lab" } }] },
];
