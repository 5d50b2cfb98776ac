/*
 * The contract's names as plain data. A sandboxed preload is one small file and must not carry the schema library along, so they stand
 * here a second time; a test holds them to the contract.
 */
export const requestNames = [
  "state", "read", "think", "stop-thinking", "commit", "remember", "dont-remember", "undo", "finish", "find-projects", "hide", "resize", "open-page", "stop-timer", "settings",
  "change-settings", "find-accounts", "connect", "disconnect", "use-sample", "add-model", "use-model", "remove-model", "unload-model", "get-model", "pause-download", "discard-download", "measure-model", "stop-measuring", "history",
] as const;
export const noticeNames = ["state", "shown", "thinking"] as const;
