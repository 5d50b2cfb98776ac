/** A model server of the user's own. `warning` is to be shown wherever it is chosen: sentences leave this process for it. */
export type ServerAddress = { readonly kind: "address"; readonly base: string; readonly isHere: boolean; readonly warning: string } | { readonly kind: "refused"; readonly message: string };

/**
 * Reads what the user typed as the address of a model server. Only this computer is taken unless `allowNetwork` is set; names and
 * passwords inside an address are refused, because addresses are shown and kept in the settings file.
 */
export function serverAddress(typed: string, allowNetwork: boolean): ServerAddress {
  const text = typed.trim();
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === undefined || url.hostname === "") return { kind: "refused", message: "This is not an address, such as http://localhost:8080." };
  if (url.protocol !== "http:" && url.protocol !== "https:") return { kind: "refused", message: "A model server is reached by http or https." };
  if (url.username !== "" || url.password !== "") return { kind: "refused", message: "Leave name and password out of the address." };
  const isHere = isLoopback(url.hostname);
  if (!isHere && !allowNetwork) return { kind: "refused", message: `${url.host} is another computer; only this one is allowed until the network is switched on for it.` };
  // The part that all these servers share is added by us, whether it was typed or not.
  const path = url.pathname.replace(/\/+$/, "").replace(/\/v1$/, "");
  return { kind: "address", base: `${url.origin}${path}`, isHere, warning: warningFor(url, isHere) };
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Names are not looked up: what a name means can change between the check and the request. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function warningFor(url: URL, isHere: boolean): string {
  const to = isHere ? `the program at ${url.host} on this computer` : `the computer ${url.host}`;
  const open = !isHere && url.protocol === "http:" ? " They travel unencrypted." : "";
  return `Your sentences are sent to ${to}, and what it does with them is not in Stint's hands.${open}`;
}
