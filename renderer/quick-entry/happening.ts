import type { CommitResult, PinView, ReadingView, Said } from "../../electron/ipc/contract.ts";
import type { Conversation, EditorField } from "./conversation.ts";

/** What can happen to the conversation, from the keyboard, the pointer or the app. */
export type Happening =
  | { readonly type: "typed"; readonly text: string }
  | { readonly type: "pinned"; readonly pins: readonly PinView[] }
  | { readonly type: "unpinned"; readonly op: number; readonly field: EditorField }
  | { readonly type: "read"; readonly sequence: number; readonly view: ReadingView }
  | { readonly type: "broke"; readonly sequence: number; readonly message: string }
  /** `model`: a model is chosen and usable. `stay`: save and go on with the next entry. */
  | { readonly type: "enter"; readonly stay: boolean; readonly model: boolean }
  | { readonly type: "took"; readonly option: number }
  | { readonly type: "moved"; readonly by: number }
  | { readonly type: "escaped" }
  | { readonly type: "thought"; readonly sequence: number; readonly view: ReadingView }
  | { readonly type: "thinking"; readonly seconds: number }
  | { readonly type: "committed"; readonly result: CommitResult }
  | { readonly type: "undo"; readonly batch: string }
  | { readonly type: "finish"; readonly batch: string }
  | { readonly type: "finished"; readonly batch: string; readonly said: Said }
  | { readonly type: "undone"; readonly said: Said }
  | { readonly type: "said"; readonly said: Said }
  | { readonly type: "skipped"; readonly op: number }
  | { readonly type: "edited"; readonly op: number; readonly field: EditorField }
  | { readonly type: "closed-editor" }
  | { readonly type: "recalled"; readonly by: 1 | -1; readonly recent: readonly string[] }
  | { readonly type: "remember"; readonly yes: boolean }
  | { readonly type: "remembered"; readonly said: Said }
  | { readonly type: "another" }
  | { readonly type: "shown" };

/** What the app must be asked because of a happening. */
export type Ask =
  | { readonly ask: "read" | "think"; readonly sequence: number; readonly text: string; readonly pins: readonly PinView[] }
  | { readonly ask: "commit"; readonly text: string; readonly pins: readonly PinView[]; readonly digest: string; readonly skip: readonly number[] }
  | { readonly ask: "undo" | "finish"; readonly batch: string }
  | { readonly ask: "remember" | "dont-remember"; readonly name: string }
  | { readonly ask: "stop-thinking" | "hide" };

export interface Step {
  readonly state: Conversation;
  readonly asks: readonly Ask[];
}
