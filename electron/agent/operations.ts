import type { IntentKind } from "../core/intent.ts";

/** Sentences and what they want, shown before a label is scored. The names are invented and belong to no account. Mixed, so that no label follows itself often. */
export const OPERATION_EXAMPLES: readonly (readonly [text: string, kind: IntentKind])[] = [
  ["2h vandelay imports yesterday", "add"],
  ["put Friday's tyrell bots on Thursday", "move"],
  ["delete monday's cyberdyne qa", "delete"],
  ["how long was I on vandelay imports last month?", "ask"],
  ["make that 45 minutes", "change"],
  ["same as yesterday", "copy"],
  ["start tyrell bots", "start"],
  ["send an invoice to vandelay", "none"],
  ["stop the clock", "stop"],
  ["90 minutes oscorp lab on tuesday, fixed the import", "add"],
  ["it was oscorp lab, not tyrell bots", "change"],
  ["what did I do today", "ask"],
  ["move the cyberdyne entry to last friday", "move"],
  ["take the oscorp entry out again", "delete"],
  ["good morning", "none"],
  ["tyrell bots from 9 to 11", "add"],
  ["yesterday's vandelay once more", "copy"],
  ["I am working on cyberdyne qa now", "start"],
  ["done for today", "stop"],
  ["monday's 3h really were for oscorp lab", "change"],
  ["the vandelay one belongs on Wednesday", "move"],
  ["1h cyberdyne qa and 2h oscorp lab this morning", "add"],
  ["is anything missing this week?", "ask"],
  ["forget the tyrell thing, that never happened", "delete"],
  ["what is the weather like", "none"],
  ["begin with the oscorp report", "start"],
  ["put down half a day for vandelay imports", "add"],
  ["sorry, 2h, not 3h", "change"],
  ["stop working on cyberdyne", "stop"],
  ["that should have been yesterday", "move"],
  ["show my hours for tyrell bots", "ask"],
  ["the last one can go", "delete"],
  ["log friday's entries again for today", "copy"],
  ["add a new client called hooli", "none"],
  ["add 30 minutes to the oscorp entry", "change"],
  ["track vandelay imports from now on", "start"],
  ["call with oscorp, 20 minutes", "add"],
  ["pause, lunch", "stop"],
  ["did I track anything on monday?", "ask"],
  ["thanks, that is all", "none"],
];

/** What the labels mean, first in the prompt; fixed. */
export const OPERATION_RULES =
  "Which command does the sentence about time tracking give? add = new time, change = correct an entry, move = put an entry on another day, copy = an entry once more, delete = remove an entry, start, stop = timer, ask = question about logged time, none = anything else.";
