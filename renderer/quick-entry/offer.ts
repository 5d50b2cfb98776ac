import type { Receipt } from "../../electron/ipc/contract.ts";
import type { Conversation } from "./conversation.ts";
import type { Step } from "./happening.ts";

/** The offer that is on show: words that may be a shortcut from now on. */
export function openOffer({ outcome }: Conversation): Receipt["remember"] {
  return outcome?.kind === "saved" && outcome.remembered === undefined ? outcome.receipt.remember : undefined;
}

/** An answer to the offer on show: a yes asks the app, a no takes the offer away. */
export function answered(state: Conversation, yes: boolean): Step {
  const offer = openOffer(state);
  if (!offer || state.outcome?.kind !== "saved") return { state, asks: [] };
  if (yes) return { state, asks: [{ ask: "remember", name: offer.name }] };
  const { remember: _declined, ...receipt } = state.outcome.receipt;
  return { state: { ...state, outcome: { ...state.outcome, receipt } }, asks: [{ ask: "dont-remember", name: offer.name }] };
}
