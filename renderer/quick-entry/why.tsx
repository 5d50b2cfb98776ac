import type { ReactElement } from "react";
import { words } from "../design/words.ts";

/** The rules that decided something, one sentence each. */
export function Why({ because }: { readonly because: readonly string[] }): ReactElement {
  return (
    <section className="part why" id="because" aria-label={words.whyTitle}>
      <ul>
        {because.map((sentence, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same rule may decide twice
          <li key={index}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
