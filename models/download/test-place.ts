import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as the place saw it, with the part that was asked for. */
export interface Asked {
  readonly url: string;
  readonly start: number;
  readonly end: number;
  /** How many requests there were before it. */
  readonly number: number;
}

/** A server on loopback that gives a file in parts, until a test bends an answer. */
export interface TestPlace {
  readonly url: string;
  readonly asked: Asked[];
  /** Bytes that were really handed out, in all. */
  sent(): number;
  body: Buffer;
  etag: string | null;
  /** Answers in place of the server; false leaves the request to it. */
  bend: (asked: Asked, response: ServerResponse, request: IncomingMessage) => boolean;
  close(): void;
}

/** Starts a place. It is honest by default: parts, lengths, a name for the file's version. */
export async function openTestPlace(body: Buffer): Promise<TestPlace> {
  const memo = { sent: 0 };
  const server: Server = createServer((request, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    const asked = { url: request.url ?? "", start: Number(from ?? 0), end: Number(to ?? place.body.length - 1) + 1, number: place.asked.length };
    place.asked.push(asked);
    if (place.bend(asked, response, request)) return;
    const part = place.body.subarray(asked.start, asked.end);
    memo.sent += part.length;
    response.writeHead(206, headersFor(place, asked.start, part.length));
    response.end(part);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const place: TestPlace = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    sent: () => memo.sent,
    body,
    etag: '"one"',
    bend: () => false,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return place;
}

/** The headers of an honest part. */
export function headersFor(place: Pick<TestPlace, "body" | "etag">, start: number, length: number): Record<string, string | number> {
  return {
    "content-range": `bytes ${start}-${start + length - 1}/${place.body.length}`,
    "content-length": length,
    ...(place.etag === null ? {} : { etag: place.etag }),
  };
}
