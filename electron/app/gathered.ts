/** Calls `run` once for any number of calls within one breath: a save changes many things, pages and tray hear of it once. */
export function gathered(run: () => Promise<void>): () => void {
  const soon: { timer: NodeJS.Timeout | undefined } = { timer: undefined };
  return () => {
    soon.timer ??= setTimeout(() => {
      soon.timer = undefined;
      void run();
    }, 30);
  };
}
