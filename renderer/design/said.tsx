import type { ReactElement } from "react";
import type { Said as SaidAnswer } from "../../electron/ipc/contract.ts";

/** The app's one sentence about what was just asked of it; always in the page, so that its change is announced. */
export function Said({ said }: { readonly said: SaidAnswer | undefined }): ReactElement {
  return (
    <div role={said?.ok === false ? "alert" : "status"} className="said" data-ok={said?.ok}>
      {said?.message}
    </div>
  );
}
