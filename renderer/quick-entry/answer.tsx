import type { ReactElement } from "react";
import type { ReadingView } from "../../electron/ipc/contract.ts";
import { words } from "../design/words.ts";

/** More rows than this scroll, and what scrolls must be reachable by keyboard. */
const LONG = 10;

/** What is logged, asked by a sentence: the answer first, then the rows it is made of. */
export function Answer({ answer }: { readonly answer: NonNullable<ReadingView["answer"]> }): ReactElement {
  return (
    <section className="part answer" aria-labelledby="answer" tabIndex={answer.rows.length > LONG ? 0 : undefined}>
      <h2 id="answer">{answer.text}</h2>
      {answer.rows.length === 0 ? null : (
        <table aria-labelledby="answer">
          <tbody>
            {answer.rows.map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- two rows may carry the same label
              <tr key={index}>
                <th scope="row">{row.label}</th>
                <td>{row.hours}</td>
              </tr>
            ))}
          </tbody>
          {answer.total === undefined ? null : (
            <tfoot>
              <tr>
                <th scope="row">{words.total}</th>
                <td>{answer.total}</td>
              </tr>
            </tfoot>
          )}
        </table>
      )}
    </section>
  );
}
