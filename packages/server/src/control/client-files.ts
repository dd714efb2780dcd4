import { readFile } from "node:fs/promises";
import { rootCertificates } from "node:tls";
import { replaceFile } from "../platform/files/replace-file.ts";

/** Where Linux distributions and macOS keep the certificate authorities that the machine trusts. */
const systemBundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/cert.pem",
  "/etc/ssl/ca-bundle.pem",
] as const;

/**
 * Writes the files that a program's environment points at: the machine's certificate authorities with ours among them (so
 * that hosts other than AWS's stay reachable), and an empty file in place of the user's AWS configuration.
 */
export async function writeClientFiles(
  file: (name: string) => string,
  caCertificatePem: string,
): Promise<{ readonly caBundle: string; readonly emptyFile: string }> {
  const [caBundle, emptyFile] = [file("ca-bundle.pem"), file("empty-aws-config")];
  await replaceFile(caBundle, `${await systemCertificates()}\n${caCertificatePem}\n`, 0o644);
  await replaceFile(emptyFile, "", 0o644);
  return { caBundle, emptyFile };
}

async function systemCertificates(): Promise<string> {
  for (const path of systemBundles) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text !== undefined) {
      return text;
    }
  }
  return rootCertificates.join("\n");
}
