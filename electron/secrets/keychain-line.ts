import { z } from "zod";

/*
 * What crosses between a vault and its keychain process. Errors cross without their text: a keychain's own words differ on every
 * system, and may carry what must not be shown.
 */

/** The name under which the system's keychain lists our secrets. */
export const SERVICE = "Stint";

const asked = { id: z.int(), account: z.string().min(1) };
/** A request to the keychain process. */
export const keychainRequest = z.discriminatedUnion("ask", [
  z.object({ ask: z.literal("get"), ...asked }),
  z.object({ ask: z.literal("set"), ...asked, secret: z.string() }),
  z.object({ ask: z.literal("remove"), ...asked }),
]);
export type KeychainRequest = z.infer<typeof keychainRequest>;

const id = z.int();
/** An answer of the keychain process; `failed` is every error there is. */
export const keychainReply = z.discriminatedUnion("kind", [
  z.object({ id, kind: z.literal("found"), secret: z.string() }),
  z.object({ id, kind: z.literal("absent") }),
  z.object({ id, kind: z.literal("kept") }),
  z.object({ id, kind: z.literal("removed") }),
  z.object({ id, kind: z.literal("failed") }),
]);
export type KeychainReply = z.infer<typeof keychainReply>;
