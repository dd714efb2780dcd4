import { compileOnce } from "../model/compile-once.ts";
import { type Member, type ScalarShape, type Shape, type StructureShape, isStructure } from "../model/shape.ts";
import { type ReadText, textReader } from "../scalars/read-text.ts";

/** A scalar member, or a list of scalars, that is read from text. */
export interface TextBinding {
  readonly name: string;
  /** Name of the label, query parameter or header (in lower case). */
  readonly wireName: string;
  readonly type: ScalarShape["type"];
  /** Whether a bad value is passed over: an HTTP date that cannot be read counts as not sent (RFC 9110 §5.6.7). */
  readonly lenient: boolean;
  readonly list: boolean;
  readonly read: ReadText;
}

/** Where the members of a REST input are found. */
export interface InputBindings {
  readonly labels: readonly TextBinding[];
  readonly query: readonly TextBinding[];
  readonly headers: readonly TextBinding[];
  /** Members that take all headers with a prefix, or all query parameters that nothing else takes. */
  readonly prefixHeaders: readonly { readonly name: string; readonly prefix: string }[];
  readonly otherQuery: string | undefined;
  readonly payload: Member | undefined;
  /** The members that share the body when there is no payload. */
  readonly body: StructureShape | undefined;
}

export const inputBindings: (shape: StructureShape) => () => InputBindings = compileOnce((shape: StructureShape) => {
  const bindings = bindInput(shape);
  return () => bindings;
});

function bindInput(shape: StructureShape): InputBindings {
  const { members } = shape;
  const body = members.filter(isBodyMember);
  return {
    labels: members.flatMap((member) => (member.httpLabel === true ? [textBinding(member, member.name)] : [])),
    query: members.flatMap((member) => (member.httpQuery === undefined ? [] : [textBinding(member, member.httpQuery)])),
    headers: members.flatMap((member) =>
      member.httpHeader === undefined ? [] : [textBinding(member, member.httpHeader.toLowerCase())],
    ),
    prefixHeaders: members.flatMap(({ name, httpPrefixHeaders }) =>
      httpPrefixHeaders === undefined ? [] : [{ name, prefix: httpPrefixHeaders.toLowerCase() }],
    ),
    otherQuery: members.find(({ httpQueryParams }) => httpQueryParams === true)?.name,
    payload: members.find(({ httpPayload }) => httpPayload === true),
    body: body.length === 0 ? undefined : { ...shape, members: body },
  };
}

function isBodyMember(member: Member): boolean {
  return (
    member.httpLabel === undefined &&
    member.httpQuery === undefined &&
    member.httpHeader === undefined &&
    member.httpPrefixHeaders === undefined &&
    member.httpQueryParams === undefined &&
    member.httpPayload === undefined
  );
}

function textBinding(member: Member, wireName: string): TextBinding {
  const list = member.shape.type === "list";
  const shape = scalarOf(member.shape.type === "list" ? member.shape.member.shape : member.shape);
  const lenient = member.httpHeader !== undefined && shape.type === "timestamp";
  return { name: member.name, wireName, type: shape.type, lenient, list, read: textReader(shape) };
}

function scalarOf(shape: Shape): ScalarShape {
  if (isStructure(shape) || shape.type === "list" || shape.type === "map") {
    throw new TypeError(`a ${shape.type} cannot be bound to a header, a query parameter or a label`);
  }
  return shape;
}
