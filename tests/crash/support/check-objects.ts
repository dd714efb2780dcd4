import { paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { readObject } from "../../support/read-object.ts";
import { md5, type Content, type Ledger } from "./ledger.ts";

/**
 * Compares what a listing shows with what the ledger allows, and reads the objects `read` names back: their bytes must be those
 * of the ETag that was listed. Afterwards the ledger knows which of the allowed contents each object has.
 * @returns what was wrong, one line each
 */
export async function checkObjects(
  s3: S3Client,
  bucket: string,
  ledger: Ledger,
  read: (key: string) => boolean,
): Promise<string[]> {
  const problems: string[] = [];
  const listed = await listedEtags(s3, bucket);
  for (const key of ledger.keys()) {
    const content = listed.has(key) ? versionWith(ledger, key, listed.get(key)) : absence(ledger, key);
    if (content === undefined) {
      const expected = ledger.allowed(key).map(describe).join(" or ");
      problems.push(`${key} is ${listed.get(key) ?? "absent"} and must be ${expected}`);
      continue;
    }
    ledger.settle(key, content);
    if (content !== "absent" && read(key)) {
      const bytes = await readObject(s3, bucket, key);
      if (md5(bytes) !== content.md5) {
        problems.push(`${key} has ${bytes.length} bytes that are not those of ${content.etag} (${content.size})`);
      }
    }
  }
  const known = new Set(ledger.keys());
  const unknown = [...listed.keys()].filter((key) => !known.has(key));
  return [...problems, ...unknown.map((key) => `${key} is listed and nobody wrote it`)];
}

async function listedEtags(s3: S3Client, bucket: string): Promise<ReadonlyMap<string, string>> {
  const etags = new Map<string, string>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
    for (const { Key = "", ETag = "" } of Contents) {
      etags.set(Key, ETag);
    }
  }
  return etags;
}

function versionWith(ledger: Ledger, key: string, etag: string | undefined): Content | undefined {
  return ledger.allowed(key).find((content) => content !== "absent" && content.etag === etag);
}

function absence(ledger: Ledger, key: string): Content | undefined {
  return ledger.allowed(key).find((content) => content === "absent");
}

function describe(content: Content): string {
  return content === "absent" ? "absent" : content.etag;
}
