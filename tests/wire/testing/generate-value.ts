import { createHash } from "node:crypto";
import type { NormalizedSchema } from "@smithy/core/schema";

/** Every timestamp that is sent; whole seconds, because HTTP dates carry no more. */
const MOMENT = new Date(1_700_000_000_000);
const BLOB = Buffer.from("blöb");
/** Characters that each protocol has to escape in its own way. */
const AWKWARD = `v <&>"' é+%20/`;
const MAX_DEPTH = 9;

/**
 * A value for a structure of a client package: every member set, each string with its member's name in it, a stream of
 * events as an array.
 */
export function generateValue(schema: NormalizedSchema): Record<string, unknown> {
  return (generate(schema, "", []) ?? {}) as Record<string, unknown>;
}

function generate(schema: NormalizedSchema, name: string, within: readonly string[]): unknown {
  if (schema.isStructSchema()) {
    return generateStructure(schema, within);
  }
  if (schema.isListSchema()) {
    const item = generate(schema.getValueSchema(), name, within);
    return item === undefined ? undefined : [item, item];
  }
  if (schema.isMapSchema()) {
    return generateMap(schema, name, within);
  }
  return generateScalar(schema, name);
}

function generateStructure(schema: NormalizedSchema, within: readonly string[]): unknown {
  const ownName = schema.getName(true) ?? "";
  if (within.includes(ownName) || within.length > MAX_DEPTH) {
    return undefined;
  }
  const value: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const isEventStream = member.isStructSchema() && member.isStreaming();
    const content = isEventStream ? generateEvents(member) : generate(member, name, [...within, ownName]);
    if (content !== undefined) {
      value[name] = content;
      if (schema.isUnionSchema()) {
        break;
      }
    }
  }
  // Neither XML nor a query can tell an empty structure from none.
  return Object.keys(value).length === 0 && within.length > 0 ? undefined : value;
}

/** One event of each kind; errors would end the stream. */
function generateEvents(schema: NormalizedSchema): readonly unknown[] {
  return [...schema.structIterator()]
    .filter(([, event]) => event.getMergedTraits().error === undefined)
    .map(([name, event]) => ({ [name]: generate(event, name, []) ?? {} }));
}

function generateMap(schema: NormalizedSchema, name: string, within: readonly string[]): unknown {
  const content = generate(schema.getValueSchema(), name, within);
  const traits = schema.getMergedTraits();
  if (content === undefined) {
    return undefined;
  }
  const inHead = traits.httpPrefixHeaders !== undefined || traits.httpQueryParams !== undefined;
  return inHead ? { kk: "h v" } : { "k-1": content, "K <&> 2": content };
}

function generateScalar(schema: NormalizedSchema, name: string): unknown {
  const traits = schema.getMergedTraits();
  if (schema.isBlobSchema()) {
    return BLOB;
  }
  if (schema.isTimestampSchema()) {
    return MOMENT;
  }
  if (schema.isBooleanSchema()) {
    return true;
  }
  if (schema.isNumericSchema()) {
    return traits.httpResponseCode === 1 ? 200 : name === "ContentLength" ? BLOB.length : 7;
  }
  if (schema.isBigIntegerSchema()) {
    return 12n;
  }
  if (schema.isDocumentSchema()) {
    return { a: [1, "b", null] };
  }
  return schema.isStringSchema() ? generateString(name, traits) : undefined;
}

const KEY = Buffer.from("0123456789abcdef0123456789abcdef");
const KEY_MD5 = createHash("md5").update(KEY).digest("base64");

/** Strings whose content a client looks at. */
const particular: Readonly<Record<string, string>> = {
  AccountId: "000000000000",
  Bucket: "my-bucket",
  ChecksumAlgorithm: "CRC32",
  CopySource: "b/k",
  // Another name for Expires.
  ExpiresString: MOMENT.toUTCString(),
  MFA: "m",
  // Text in one kind of client, a number in the other.
  NextPartNumberMarker: "7",
  PartNumberMarker: "7",
  RenameSource: "b/k",
  SSECustomerKey: KEY.toString("base64"),
  CopySourceSSECustomerKey: KEY.toString("base64"),
  SSECustomerKeyMD5: KEY_MD5,
  CopySourceSSECustomerKeyMD5: KEY_MD5,
};

function generateString(name: string, traits: Readonly<Record<string, unknown>>): string {
  if (traits["mediaType"] === "application/json") {
    return '{"a":1}';
  }
  return particular[name] ?? (traits["httpHeader"] === undefined ? `${AWKWARD}${name}` : "h v");
}
