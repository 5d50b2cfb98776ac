import type { WireError } from "../wire.ts";

/** An answer of the sandbox before it goes on the wire. `assumed` marks wording that no recording of Harvest confirms. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly assumed?: boolean | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export const okay = (body: unknown): Answer => ({ status: 200, body });

/** An error in one of the shapes that the client knows. */
export const problem = (status: number, body: WireError, headers: Readonly<Record<string, string>> = {}): Answer => ({ status, body, headers });

export const notFound = problem(404, { status: 404, error: "Not Found" });
export const notAuthorized = problem(403, { message: "Not authorized!" });
export const badRequest = (message: string): Answer => ({ ...problem(400, { message }), assumed: true });

/** Harvest joins its sentences with a comma and gives no field map (harvest-api §6.1). */
export const refused = (messages: readonly string[], assumed: boolean): Answer => ({ ...problem(422, { message: messages.join(", ") }), assumed });

const INVALID = "The access token provided is expired, revoked, malformed or invalid for other reasons.";

/** The same answer for a bad token, a revoked one, and a missing or foreign account number. */
export const invalidToken = problem(
  401,
  { error: "invalid_token", error_description: INVALID },
  { "WWW-Authenticate": `Bearer realm="Rack::OAuth2 Protected Resources", error="invalid_token", error_description="${INVALID}"` },
);
