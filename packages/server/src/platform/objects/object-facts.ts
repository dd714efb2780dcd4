import type { ObjectsTable } from "../database/tables/object-tables.ts";
import type { Checksum, ObjectInfo, PutOptions } from "./object-store.ts";
import type { ObjectAddress } from "./store-context.ts";

/** What is kept as text with each object; members that are empty are left out. */
export interface ObjectFacts {
  readonly systemMetadata?: Readonly<Record<string, string>>;
  readonly userMetadata?: Readonly<Record<string, string>>;
  readonly checksums?: readonly Checksum[];
  readonly tags?: Readonly<Record<string, string>>;
}

export function encodeFacts(
  options: Pick<PutOptions, "systemMetadata" | "userMetadata" | "tags">,
  checksums: readonly Checksum[],
): string {
  const facts: ObjectFacts = {
    ...(isEmpty(options.systemMetadata) ? {} : { systemMetadata: options.systemMetadata }),
    ...(isEmpty(options.userMetadata) ? {} : { userMetadata: options.userMetadata }),
    ...(checksums.length === 0 ? {} : { checksums }),
    ...(isEmpty(options.tags) ? {} : { tags: options.tags }),
  };
  return JSON.stringify(facts);
}

function decodeFacts(text: string): ObjectFacts {
  return JSON.parse(text);
}

/** What is read of an object to know all but its bytes. */
export const infoColumns = ["size", "etag", "modified_at", "facts"] as const;
export type InfoRow = Pick<ObjectsTable, (typeof infoColumns)[number]>;

export function toObjectInfo(address: ObjectAddress, row: InfoRow, partSizes?: readonly number[]): ObjectInfo {
  const facts = decodeFacts(row.facts);
  return {
    bucket: address.bucket,
    key: address.key,
    size: row.size,
    etag: row.etag,
    lastModified: new Date(row.modified_at),
    systemMetadata: facts.systemMetadata ?? {},
    userMetadata: facts.userMetadata ?? {},
    checksums: facts.checksums ?? [],
    tags: facts.tags ?? {},
    ...(partSizes === undefined ? {} : { partSizes }),
  };
}

function isEmpty(map: Readonly<Record<string, string>> | undefined): map is undefined {
  return map === undefined || Object.keys(map).length === 0;
}
