import { useEffect, useRef, useState } from "react";
import type { ReactElement } from "react";

const QUIET_MS = 500;

/**
 * The page's one polite live region. Waits for half a second of quiet, and tells only what differs in `key` from what was told last,
 * so that typing is never talked over.
 */
export function Live({ say }: { readonly say: { readonly key: string; readonly text: string } | undefined }): ReactElement {
  const [spoken, setSpoken] = useState("");
  const last = useRef("");
  const key = say?.key;
  const text = say?.text ?? "";
  useEffect(() => {
    if (key === undefined || key === last.current) return undefined;
    const timer = setTimeout(() => {
      last.current = key;
      setSpoken(text);
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [key, text]);
  return (
    <div className="unseen" role="status">
      {spoken}
    </div>
  );
}
