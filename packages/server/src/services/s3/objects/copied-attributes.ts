import type { ObjectInfo, PutOptions } from "../../../platform/objects/object-store.ts";
import { invalidArgument, invalidRequest } from "../errors.ts";
import { contentHeaders, placementHeaders, userMetadata, type AttributeMembers } from "./stored-attributes.ts";
import { parseTagHeader } from "./tag-header.ts";

export interface DirectiveMembers extends AttributeMembers {
  readonly MetadataDirective?: string | undefined;
  readonly TaggingDirective?: string | undefined;
}

type Attributes = Pick<PutOptions, "systemMetadata" | "userMetadata" | "tags">;

const contentHeaderNames = [
  "content-type",
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "expires",
];

/**
 * The attributes of a copy. Content headers and metadata, and separately tags, are the source's or, by directive, the
 * request's; storage class, encryption and redirect are always the request's.
 */
export function copiedAttributes(input: DirectiveMembers, source: ObjectInfo): Attributes {
  const replaces = isReplace(input.MetadataDirective, "metadata");
  const content = replaces ? contentHeaders(input) : copiedContentHeaders(source);
  return {
    systemMetadata: { ...content, ...placementHeaders(input) },
    userMetadata: replaces ? userMetadata(input.Metadata ?? {}) : source.userMetadata,
    tags: isReplace(input.TaggingDirective, "tagging") ? parseTagHeader(input.Tagging) : source.tags,
  };
}

/** @throws InvalidRequest for a copy onto itself that would change nothing. */
export function checkSelfCopy(input: DirectiveMembers): void {
  const changes =
    isReplace(input.MetadataDirective, "metadata") ||
    isReplace(input.TaggingDirective, "tagging") ||
    [input.StorageClass, input.WebsiteRedirectLocation, input.ServerSideEncryption].some(
      (member) => member !== undefined,
    );
  if (!changes) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
}

function isReplace(directive: string | undefined, what: "metadata" | "tagging"): boolean {
  if (directive !== undefined && directive !== "COPY" && directive !== "REPLACE") {
    throw invalidArgument(`Unknown ${what} directive.`, `x-amz-${what}-directive`, directive);
  }
  return directive === "REPLACE";
}

function copiedContentHeaders({ systemMetadata }: ObjectInfo): Record<string, string> {
  return Object.fromEntries(Object.entries(systemMetadata).filter(([name]) => contentHeaderNames.includes(name)));
}
