/** Ends an exhaustive switch: a kind that nobody handles is a compile error, and a bug if it ever runs. */
export function assertNever(value: never): never {
  throw new Error(`A kind that nobody handles: ${JSON.stringify(value)}`);
}
