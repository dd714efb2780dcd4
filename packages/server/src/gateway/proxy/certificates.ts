// x509's container needs the metadata polyfill before it loads. Both cost 100 ms and 13 MB, so this file is imported only
// when a certificate has to be made.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { awsDomains } from "./aws-host.ts";

const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

x509.cryptoProvider.set(webcrypto);

/** A certificate and the private key that belongs to it, both as PEM. */
export interface KeyedCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A root that can vouch for AWS's host names and nothing else, whoever gets hold of its key. */
export async function createRoot(validity: Validity): Promise<KeyedCertificate> {
  const keys = await webcrypto.subtle.generateKey(ecdsa, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: "CN=Clary local certificate authority,O=Clary",
    ...validity,
    signingAlgorithm: ecdsa,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      nameConstraints(awsDomains),
    ],
  });
  return { certificatePem: certificate.toString("pem"), privateKeyPem: await exportPrivateKey(keys.privateKey) };
}

/** A server certificate for one host name, signed by `root`. */
export async function issueLeaf(
  root: KeyedCertificate,
  serverName: string,
  validity: Validity,
): Promise<KeyedCertificate> {
  const issuer = new x509.X509Certificate(root.certificatePem);
  const keys = await webcrypto.subtle.generateKey(ecdsa, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    // A common name holds 64 characters, less than a bucket's host name; clients read the alternative name anyhow.
    subject: "CN=Clary,O=Clary",
    issuer: issuer.subject,
    ...validity,
    signingAlgorithm: ecdsa,
    publicKey: keys.publicKey,
    signingKey: await importPrivateKey(root.privateKeyPem),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: serverName }]),
      // Python 3.13 and later verify strictly and refuse a leaf without it.
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificatePem: certificate.toString("pem"), privateKeyPem: await exportPrivateKey(keys.privateKey) };
}

/** Positive and non-zero, as RFC 5280 §4.1.2.2 asks: the first byte has its top bit clear and another one set. */
function randomSerial(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString("hex");
}

async function exportPrivateKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

async function importPrivateKey(pem: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey("pkcs8", x509.PemConverter.decodeFirst(pem), ecdsa, false, ["sign"]);
}

/** RFC 5280 §4.2.1.10, permitted subtrees of DNS names; the library has no class for it. */
function nameConstraints(domains: readonly string[]): x509.Extension {
  const subtrees = domains.map((domain) => der(0x30, der(0x82, Buffer.from(domain, "ascii"))));
  return new x509.Extension("2.5.29.30", true, der(0x30, der(0xa0, Buffer.concat(subtrees))));
}

/** Tag, length, value; lengths here stay below 128 bytes, where one byte holds them. */
function der(tag: number, value: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag, value.length]), value]);
}
