import { once } from "node:events";
import { mkdtemp, readFile, stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer, type TLSSocket } from "node:tls";
import { describe, expect, it } from "vitest";
import type { Clock } from "../../platform/clock/clock.ts";
import { type CertificateAuthority, createCertificateAuthority } from "./certificate-authority.ts";

const longBucketHost = `${"b".repeat(63)}.s3.us-east-1.amazonaws.com`;

function clockAt(time: () => number): Clock {
  return { now: () => new Date(time()), schedule: () => ({ cancel: () => undefined }) };
}

const systemClock = clockAt(() => Date.now());

async function emptyDirectory(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), "clary-ca-")), "proxy");
}

interface Leaf {
  readonly names: string | undefined;
  readonly lifetimeMs: number;
}

/** Does a TLS handshake for `serverName`, trusting `ca` alone, and tells what certificate was accepted. */
async function handshake(authority: CertificateAuthority, serverName: string, ca: string): Promise<Leaf> {
  const server = createServer({
    SNICallback: (name, done) => void authority.contextFor(name).then((context) => done(null, context), done),
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket: TLSSocket = connect({
    port: (server.address() as AddressInfo).port,
    host: "127.0.0.1",
    servername: serverName,
    ca,
  });
  try {
    await once(socket, "secureConnect");
    const leaf = socket.getPeerCertificate();
    return { names: leaf.subjectaltname, lifetimeMs: Date.parse(leaf.valid_to) - Date.parse(leaf.valid_from) };
  } finally {
    socket.destroy();
    server.close();
  }
}

describe("createCertificateAuthority", () => {
  it("makes certificates that a client trusting only the authority accepts", async () => {
    const authority = await createCertificateAuthority({ directory: await emptyDirectory(), clock: systemClock });

    for (const name of ["sts.us-east-1.amazonaws.com", "api.ecr.cn-north-1.amazonaws.com.cn", longBucketHost]) {
      const leaf = await handshake(authority, name, authority.caCertificatePem);
      expect(leaf.names).toBe(`DNS:${name}`);
      expect(leaf.lifetimeMs).toBeLessThan(825 * 86_400_000);
    }
  });

  it("cannot vouch for a host that is not AWS's", async () => {
    const authority = await createCertificateAuthority({ directory: await emptyDirectory(), clock: systemClock });

    await expect(handshake(authority, "bank.example", authority.caCertificatePem)).rejects.toThrow(
      "permitted subtree violation",
    );
  });

  it("keeps its root over a restart, with a key that only its owner may read", async () => {
    const directory = await emptyDirectory();
    const first = await createCertificateAuthority({ directory, clock: systemClock });
    const second = await createCertificateAuthority({ directory, clock: systemClock });

    expect(second.caCertificatePem).toBe(first.caCertificatePem);
    expect(await readFile(join(directory, "ca.pem"), "utf8")).toBe(first.caCertificatePem);
    expect((await stat(join(directory, "ca-key.pem"))).mode & 0o777).toBe(0o600);
    await handshake(second, "sts.amazonaws.com", first.caCertificatePem);
  });

  it("answers the same name with the same context until it is about to expire", async () => {
    let now = Date.now();
    const clock = clockAt(() => now);
    const authority = await createCertificateAuthority({ directory: await emptyDirectory(), clock });

    const [first, atTheSameTime] = await Promise.all([
      authority.contextFor("sts.amazonaws.com"),
      authority.contextFor("sts.amazonaws.com"),
    ]);
    expect(atTheSameTime).toBe(first);
    now += 87 * 86_400_000;
    expect(await authority.contextFor("sts.amazonaws.com")).toBe(first);
    now += 2 * 86_400_000;
    expect(await authority.contextFor("sts.amazonaws.com")).not.toBe(first);
  });
});
