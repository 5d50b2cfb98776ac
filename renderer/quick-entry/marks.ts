import type { Mark, ReadingView } from "../../electron/ipc/contract.ts";

/** A stretch of the field's text, tinted when `mark` is there. */
export interface Run {
  readonly start: number;
  readonly text: string;
  readonly mark: Mark | undefined;
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/**
 * The field's text cut at the reading's marks. While the reading is still of an older text, only marks in the part that both share
 * are kept: nothing flickers and no wrong word is tinted. Filler words carry no tint.
 */
export function runsOf(text: string, view: ReadingView | undefined): readonly Run[] {
  const trusted = view ? sharedLength(text, view.text) : 0;
  const whole = view?.text === text;
  const marks = (view?.marks ?? [])
    .filter((mark) => mark.role !== "filler" && mark.end > mark.start && (whole || mark.end < trusted))
    .toSorted((one, other) => one.start - other.start);
  const runs: Run[] = [];
  let at = 0;
  for (const mark of marks) {
    if (mark.start < at || mark.end > text.length) continue;
    if (mark.start > at) runs.push({ start: at, text: text.slice(at, mark.start), mark: undefined });
    runs.push({ start: mark.start, text: text.slice(mark.start, mark.end), mark });
    at = mark.end;
  }
  if (at < text.length) runs.push({ start: at, text: text.slice(at), mark: undefined });
  return runs;
}
