import type { Bridge, NoticeData, NoticeName, RequestIn, RequestName, RequestOut } from "../electron/ipc/contract.ts";

type Reply<N extends RequestName> = RequestOut<N> | ((input: RequestIn<N>) => RequestOut<N> | Promise<RequestOut<N>>);

/** The contract without an app behind it, for tests and for pages in a plain browser. A request that nobody answered throws. */
export interface FakeBridge extends Bridge {
  /** Sets the reply to a request; a function gets what the page sent. The last one set counts. */
  answer<N extends RequestName>(name: N, reply: Reply<N>): FakeBridge;
  /** Tells the page something unasked, as the app would. */
  notify<N extends NoticeName>(name: N, data: NoticeData<N>): void;
  /** Every request so far, oldest first. */
  readonly asked: readonly { readonly name: RequestName; readonly input: unknown }[];
}

/** A bridge that knows no answers yet. */
export function createFakeBridge(): FakeBridge {
  const replies = new Map<RequestName, unknown>();
  const listeners = new Map<NoticeName, Set<(data: never) => void>>();
  const asked: { name: RequestName; input: unknown }[] = [];
  const fake: FakeBridge = {
    asked,
    answer(name, reply) {
      replies.set(name, reply);
      return fake;
    },
    notify(name, data) {
      for (const listener of listeners.get(name) ?? []) listener(data as never);
    },
    async ask<N extends RequestName>(name: N, ...input: unknown[]): Promise<RequestOut<N>> {
      asked.push({ name, input: input[0] });
      if (!replies.has(name)) throw new Error(`nobody answers "${name}"`);
      const reply = replies.get(name);
      return (typeof reply === "function" ? await reply(input[0]) : reply) as RequestOut<N>;
    },
    on(name, listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => known.delete(listener);
    },
  };
  return fake;
}
