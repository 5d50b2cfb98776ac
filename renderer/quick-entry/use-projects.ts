import { useEffect, useState } from "react";
import type { Bridge, RequestOut } from "../../electron/ipc/contract.ts";

/** A project that can be booked on, with its tasks. */
export type FoundProject = RequestOut<"find-projects">[number];

/** Projects for these words, best first; undefined while the first answer is under way. Answers to older words are dropped. */
export function useProjects(bridge: Bridge, words: string): readonly FoundProject[] | undefined {
  const [found, setFound] = useState<readonly FoundProject[]>();
  useEffect(() => {
    let wanted = true;
    bridge.ask("find-projects", { words: words.slice(0, 200) }).then(
      (rows) => {
        if (wanted) setFound(rows);
      },
      () => {
        if (wanted) setFound([]);
      },
    );
    return () => {
      wanted = false;
    };
  }, [bridge, words]);
  return found;
}
