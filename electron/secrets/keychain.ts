import { keychainRequest, SERVICE, type KeychainReply, type KeychainRequest } from "./keychain-line.ts";

/**
 * Answers one request with the system's keychain. Runs only inside the keychain process, because a locked keyring can hold a call,
 * and the process that made it, for ever. Undefined for a message that is no request.
 */
export async function answerKeychain(message: unknown): Promise<KeychainReply | undefined> {
  const request = keychainRequest.safeParse(message);
  if (!request.success) return undefined;
  try {
    return await ask(request.data);
  } catch {
    return { id: request.data.id, kind: "failed" };
  }
}

async function ask(request: KeychainRequest): Promise<KeychainReply> {
  // Loaded only now: without libsecret the import itself throws, and that too is an ordinary "no keychain".
  const { default: keytar } = await import("keytar");
  const { id, account } = request;
  switch (request.ask) {
    case "get": {
      const secret = await keytar.getPassword(SERVICE, account);
      return secret === null ? { id, kind: "absent" } : { id, kind: "found", secret };
    }
    case "set":
      await keytar.setPassword(SERVICE, account, request.secret);
      return { id, kind: "kept" };
    case "remove":
      await keytar.deletePassword(SERVICE, account);
      return { id, kind: "removed" };
  }
}
