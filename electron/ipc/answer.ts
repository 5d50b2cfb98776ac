import { requests, type RequestFailure, type RequestIn, type RequestName, type RequestOut } from "./contract.ts";

/** One function for each request of the contract. */
export type Handlers = { readonly [N in RequestName]: (input: RequestIn<N>) => Promise<RequestOut<N>> | RequestOut<N> };

export type Envelope = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: RequestFailure };

/** An envelope without an answer in it. */
export const refuse = (code: RequestFailure["code"], message: string): Envelope => ({ ok: false, failure: { code, message } });

/**
 * Answers one request of a trusted page: input parsed, answer parsed. `onBug` hears of a handler that threw or an answer of the wrong
 * shape; the page never does.
 */
export async function answer<N extends RequestName>(name: N, input: unknown, handlers: Handlers, onBug: (name: string, error: unknown) => void): Promise<Envelope> {
  const parsed = requests[name].in.safeParse(input);
  if (!parsed.success) return refuse("bad-request", `The request ${name} is not of the agreed form.`);
  try {
    const value = await handlers[name](parsed.data as RequestIn<N>);
    const checked = requests[name].out.safeParse(value);
    if (checked.success) return { ok: true, value: checked.data };
    onBug(name, checked.error);
  } catch (error) {
    onBug(name, error);
  }
  return refuse("broken", "Something in Stint broke. Nothing was lost; try again.");
}
