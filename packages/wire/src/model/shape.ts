import type { MemberTraits, Range, ScalarFile, StructureFacts } from "./service-model-file.ts";

/** A use of a shape: as a member of a structure, or as the content of a list or map. */
export interface Member extends MemberTraits {
  /** Empty for the contents of lists and maps. */
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
}

export interface StructureShape extends StructureFacts {
  readonly members: readonly Member[];
}

export interface ListShape extends Range {
  readonly type: "list";
  readonly member: Member;
}

export interface MapShape extends Range {
  readonly type: "map";
  readonly key: Member;
  readonly value: Member;
}

export type ScalarShape = ScalarFile;

/** A shape with its references resolved; recursive shapes are cycles. */
export type Shape = StructureShape | ListShape | MapShape | ScalarShape;

export function isStructure(shape: Shape): shape is StructureShape {
  return shape.type === "structure" || shape.type === "union";
}

/** The shape of inputs and outputs that have no members. */
export const emptyStructure: StructureShape = { type: "structure", name: "", members: [] };
