import type { OperationView, ReadingView } from "../ipc/contract.ts";

const signs: Record<OperationView["op"], string> = { add: "+ Add", change: "~ Change", move: "⇄ Move", delete: "− Delete", start: "▶ Start", stop: "■ Stop" };

function chipLine(operation: OperationView): string {
  return operation.chips
    .map(({ label, detail, state }) => {
      const shown = detail && detail !== "assumed" ? `${label} (${detail})` : label;
      return state === "assumed" ? `${shown} [assumed]` : shown;
    })
    .join(" · ");
}

function operationLine(operation: OperationView): string {
  const sign = signs[operation.op];
  // A change whose entry is still open has no title yet: what is sure about it is in its chips.
  if (operation.op === "add" || operation.op === "start" || operation.title === "") return `  ${sign}  ${chipLine(operation)}`;
  const changes = operation.differences.map(({ before, after }) => `${before} → ${after}`).join(", ");
  const about = [operation.title, operation.op === "delete" ? operation.when : undefined, operation.op === "delete" ? operation.hours : undefined].filter(Boolean).join(" · ");
  return `  ${sign}  ${about}${changes ? `: ${changes}` : ""}`;
}

/** A reading as lines of text: the same facts as the popup's chips and preview. */
export function readingLines(view: ReadingView): readonly string[] {
  const lines = view.operations.filter((operation) => operation.chips.length > 0 || operation.title).map(operationLine);
  if (view.question) {
    lines.push(view.question.text, ...view.question.options.map(({ label, detail }, index) => `  ${index + 1}  ${label}${detail ? `  (${detail})` : ""}`));
  }
  if (view.answer) {
    lines.push(view.answer.text, ...view.answer.rows.map((row) => `  ${row.hours.padStart(12)}  ${row.label}`));
  }
  if (view.refusal) lines.push(view.refusal);
  if (view.kind === "nothing") lines.push("There is nothing to log in that.");
  return lines;
}
