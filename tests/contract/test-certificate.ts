import { generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";

/* Certificates for servers on this computer, made anew for each run: no key lies in the repository, no program has to be installed. */

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? Buffer.from([body.length]) : body.length < 256 ? Buffer.from([0x81, body.length]) : Buffer.from([0x82, body.length >> 8, body.length & 255]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const name = (text: string): Buffer => sequence(der(0x31, sequence(oid(0x55, 4, 3), der(0x0c, Buffer.from(text)))));
const moment = (text: string): Buffer => der(0x17, Buffer.from(text));
const ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));
const pem = (bytes: Buffer): string => `-----BEGIN CERTIFICATE-----\n${bytes.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;

interface Party {
  readonly subject: string;
  readonly key: KeyObject;
}

function certificate(subject: string, publicKey: KeyObject, issuer: Party, extension: Buffer, serial: number): string {
  const tbs = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), der(0x02, Buffer.from([serial])), ECDSA_SHA256, name(issuer.subject),
    sequence(moment("240101000000Z"), moment("491231235959Z")), name(subject), publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extension)),
  );
  return pem(sequence(tbs, ECDSA_SHA256, der(0x03, Buffer.from([0]), sign("sha256", tbs, issuer.key))));
}

/** An authority nobody knows, and a certificate of its for `hosts`. */
export function testCertificate(hosts: readonly string[]): { readonly authority: string; readonly cert: string; readonly key: string } {
  const [root, leaf] = [generateKeyPairSync("ec", { namedCurve: "P-256" }), generateKeyPairSync("ec", { namedCurve: "P-256" })];
  const issuer = { subject: "Stint test authority", key: root.privateKey };
  const mayIssue = sequence(oid(0x55, 0x1d, 0x13), der(0x01, Buffer.from([255])), der(0x04, sequence(der(0x01, Buffer.from([255])))));
  const alternatives = hosts.map((host) => (/^[\d.]+$/.test(host) ? der(0x87, Buffer.from(host.split(".").map(Number))) : der(0x82, Buffer.from(host))));
  const names = sequence(oid(0x55, 0x1d, 0x11), der(0x04, sequence(...alternatives)));
  return {
    authority: certificate(issuer.subject, root.publicKey, issuer, mayIssue, 1),
    cert: certificate(hosts[0] ?? "", leaf.publicKey, issuer, names, 2),
    key: String(leaf.privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}
