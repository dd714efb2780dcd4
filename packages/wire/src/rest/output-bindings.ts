import { compileOnce } from "../model/compile-once.ts";
import { isStructure, type Member, type StructureShape } from "../model/shape.ts";
import { textWriter } from "../scalars/write-text.ts";

/** Where the members of a REST output go. */
export interface OutputBindings {
  readonly headers: readonly {
    readonly name: string;
    readonly header: string;
    readonly write: (value: unknown) => string;
  }[];
  readonly prefixHeaders: readonly { readonly name: string; readonly prefix: string }[];
  readonly statusMember: string | undefined;
  readonly payload: Member | undefined;
  readonly body: StructureShape | undefined;
}

export const outputBindings: (shape: StructureShape) => () => OutputBindings = compileOnce((shape: StructureShape) => {
  const bindings = bindOutput(shape);
  return () => bindings;
});

function bindOutput(shape: StructureShape): OutputBindings {
  const { members } = shape;
  const body = members.filter(isBodyMember);
  return {
    headers: members.flatMap((member) =>
      member.httpHeader === undefined
        ? []
        : [{ name: member.name, header: member.httpHeader.toLowerCase(), write: headerWriter(member) }],
    ),
    prefixHeaders: members.flatMap(({ name, httpPrefixHeaders }) =>
      httpPrefixHeaders === undefined ? [] : [{ name, prefix: httpPrefixHeaders.toLowerCase() }],
    ),
    statusMember: members.find(({ httpResponseCode }) => httpResponseCode === true)?.name,
    payload: members.find(({ httpPayload }) => httpPayload === true),
    body: body.length === 0 ? undefined : { ...shape, members: body },
  };
}

/** Labels and query parameters mean nothing in an output: API Gateway's `position` is one and travels in the body. */
function isBodyMember(member: Member): boolean {
  return (
    member.httpHeader === undefined &&
    member.httpPrefixHeaders === undefined &&
    member.httpResponseCode === undefined &&
    member.httpPayload === undefined
  );
}

function headerWriter({ name, shape }: Member): (value: unknown) => string {
  if (isStructure(shape) || shape.type === "map") {
    throw new TypeError(`${name} cannot be bound to a header`);
  }
  if (shape.type === "list") {
    const write = headerWriter(shape.member);
    return (value) => Array.from(value as Iterable<unknown>, write).join(", ");
  }
  const write = textWriter(shape, "http-date");
  return (value) => headerText(write(value));
}

const NOT_LATIN = /[^\t\u0020-\u007e\u0080-\u00ff]/;

/** A header's value is bytes: text beyond Latin-1 goes out as its UTF-8 bytes, and control characters are dropped. */
export function headerText(text: string): string {
  if (!NOT_LATIN.test(text)) {
    return text;
  }
  const bytes = /[\u0100-\uffff]/.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
  return bytes.replace(/[^\t\u0020-\u007e\u0080-\u00ff]/g, "");
}
