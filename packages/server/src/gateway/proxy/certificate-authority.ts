import { X509Certificate } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createSecureContext, type SecureContext } from "node:tls";
import type { Clock } from "../../platform/clock/clock.ts";
import { replaceFile } from "../../platform/files/replace-file.ts";
import { boundedCache } from "./bounded-cache.ts";
import type { KeyedCertificate, Validity } from "./certificates.ts";

const dayMs = 86_400_000;
const rootDays = 3650;
/** macOS refuses leaves that live longer than 825 days; ours live far shorter and are made anew. */
const leafDays = 90;
const renewRootWithin = 180 * dayMs;
const renewLeafWithin = 2 * dayMs;
/** Each bucket has a host name of its own, so names are many; a context holds a few tens of kilobytes. */
const keptContexts = 256;

/** Vouches for AWS's host names towards the programs that trust its certificate (`AWS_CA_BUNDLE`). */
export interface CertificateAuthority {
  readonly caCertificatePem: string;
  /** The TLS identity of a host; made on demand and kept. */
  contextFor(serverName: string): Promise<SecureContext>;
}

export interface CertificateAuthorityOptions {
  /** Where `ca-key.pem` (mode 0600; key and certificate) and `ca.pem` (the certificate alone) live. */
  readonly directory: string;
  readonly clock: Clock;
}

/** Opens the private certificate authority of a data directory, creating it at the first use. */
export async function createCertificateAuthority(options: CertificateAuthorityOptions): Promise<CertificateAuthority> {
  const root = await openRoot(options);
  const contexts = boundedCache<Promise<IssuedContext>>(keptContexts);

  async function issue(serverName: string): Promise<IssuedContext> {
    const { issueLeaf } = await import("./certificates.ts");
    const validity = validFor(options.clock, leafDays);
    const leaf = await issueLeaf(root, serverName, validity);
    const context = createSecureContext({ cert: leaf.certificatePem, key: leaf.privateKeyPem });
    return { context, renewAt: validity.notAfter.getTime() - renewLeafWithin };
  }

  return {
    caCertificatePem: root.certificatePem,
    async contextFor(serverName) {
      const pending = contexts.get(serverName);
      const known = pending === undefined ? undefined : await pending;
      if (known !== undefined && options.clock.now().getTime() < known.renewAt) {
        return known.context;
      }
      const issuing = issue(serverName);
      contexts.set(serverName, issuing);
      issuing.catch(() => contexts.delete(serverName));
      return (await issuing).context;
    },
  };
}

interface IssuedContext {
  readonly context: SecureContext;
  readonly renewAt: number;
}

async function openRoot({ directory, clock }: CertificateAuthorityOptions): Promise<KeyedCertificate> {
  const keyFile = join(directory, "ca-key.pem");
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const stored = await readRoot(keyFile);
  const usable = stored !== undefined && !expiresSoon(stored, clock);
  const root = usable ? stored : await createAndKeepRoot(keyFile, clock);
  // Written after the key file, which alone decides: a crash in between leaves the next start to write it.
  await replaceFile(join(directory, "ca.pem"), root.certificatePem, 0o644);
  return root;
}

async function createAndKeepRoot(keyFile: string, clock: Clock): Promise<KeyedCertificate> {
  const { createRoot } = await import("./certificates.ts");
  const root = await createRoot(validFor(clock, rootDays));
  await replaceFile(keyFile, `${root.privateKeyPem}\n${root.certificatePem}\n`, 0o600);
  return root;
}

/** Undefined when there is none yet, or none that can be read as one. */
async function readRoot(keyFile: string): Promise<KeyedCertificate | undefined> {
  const text = await readFile(keyFile, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") {
      return "";
    }
    throw error;
  });
  const privateKeyPem = /-----BEGIN PRIVATE KEY-----[^-]*-----END PRIVATE KEY-----/.exec(text)?.[0];
  const certificatePem = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/.exec(text)?.[0];
  return privateKeyPem === undefined || certificatePem === undefined ? undefined : { privateKeyPem, certificatePem };
}

function expiresSoon(root: KeyedCertificate, clock: Clock): boolean {
  const { validTo } = new X509Certificate(root.certificatePem);
  return Date.parse(validTo) - clock.now().getTime() < renewRootWithin;
}

/** Begins a day ago, for clients whose clock is behind. */
function validFor(clock: Clock, days: number): Validity {
  const now = clock.now().getTime();
  return { notBefore: new Date(now - dayMs), notAfter: new Date(now + days * dayMs) };
}
