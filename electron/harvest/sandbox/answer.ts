/** An answer of the sandbox before it goes on the wire. `assumed` marks wording that no recording of Harvest confirms. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly assumed?: boolean | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export const okay = (body: unknown): Answer => ({ status: 200, body });
export const notFound: Answer = { status: 404, body: { status: 404, error: "Not Found" } };
export const notAuthorized: Answer = { status: 403, body: { message: "Not authorized!" } };
export const badRequest = (message: string): Answer => ({ status: 400, body: { message }, assumed: true });

/** Harvest joins its sentences with a comma and gives no field map (harvest-api §6.1). */
export const refused = (messages: readonly string[], assumed: boolean): Answer => ({ status: 422, body: { message: messages.join(", ") }, assumed });

const INVALID = "The access token provided is expired, revoked, malformed or invalid for other reasons.";

/** The same answer for a bad token, a revoked one, and a missing or foreign account number. */
export const invalidToken: Answer = {
  status: 401,
  body: { error: "invalid_token", error_description: INVALID },
  headers: { "WWW-Authenticate": `Bearer realm="Rack::OAuth2 Protected Resources", error="invalid_token", error_description="${INVALID}"` },
};
