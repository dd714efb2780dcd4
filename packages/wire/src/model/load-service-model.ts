import type { OperationFile, ServiceModelFile, ShapeFile } from "./service-model-file.ts";
import type { ErrorModel, OperationModel, ServiceModel } from "./service-model.ts";
import { emptyStructure, isStructure, type Member, type Shape, type StructureShape } from "./shape.ts";

/** Resolves a model file. Cheap: readers, writers and checks are compiled at an operation's first use. */
export function loadServiceModel(file: ServiceModelFile): ServiceModel {
  const { operations: operationFiles, errors: errorFiles, shapes: shapeFiles, ...facts } = file;
  const shapes = resolveShapes(shapeFiles);
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, ErrorModel>();
  const service: ServiceModel = { ...facts, operations, errors };
  for (const operation of operationFiles) {
    operations.set(operation.name, resolveOperation(operation, service, shapes));
  }
  for (const error of errorFiles) {
    errors.set(error.name, { ...error, shape: structureAt(shapes, error.shape) });
  }
  return service;
}

interface Unresolved {
  member?: Resolvable;
  key?: Resolvable;
  value?: Resolvable;
  members?: readonly Resolvable[];
}

interface Resolvable {
  name?: string;
  required?: boolean;
  shape: unknown;
}

/** Shapes refer to each other in cycles, so all copies are made before any reference is resolved. */
function resolveShapes(files: readonly ShapeFile[]): readonly Shape[] {
  const shapes = files.map((file) => ({ ...file }) as Unresolved);
  const resolve = (member: Resolvable): Resolvable => ({
    ...member,
    name: member.name ?? "",
    required: member.required ?? false,
    shape: shapes[member.shape as number],
  });
  for (const shape of shapes) {
    if (shape.members !== undefined) {
      shape.members = shape.members.map(resolve);
    } else if (shape.member !== undefined) {
      shape.member = resolve(shape.member);
    } else if (shape.key !== undefined && shape.value !== undefined) {
      shape.key = resolve(shape.key);
      shape.value = resolve(shape.value);
    }
  }
  return shapes as unknown as readonly Shape[];
}

function resolveOperation(file: OperationFile, service: ServiceModel, shapes: readonly Shape[]): OperationModel {
  const input = structureAt(shapes, file.input);
  const output = structureAt(shapes, file.output);
  return {
    name: file.name,
    service,
    ...(file.http === undefined ? {} : { http: file.http }),
    input,
    output,
    streamsInput: input.members.some(isByteStream),
    streamsOutput: output.members.some(isByteStream),
    eventStreamOutput: output.members.some(({ shape }) => isStructure(shape) && shape.eventStream === true),
    unsigned: file.unsigned ?? false,
    checksumRequired: file.checksumRequired ?? false,
    unwrappedOutput: file.unwrappedOutput ?? false,
    hostPrefix: file.hostPrefix,
  };
}

function isByteStream({ httpPayload, shape }: Member): boolean {
  return httpPayload === true && shape.type === "blob" && shape.streaming === true;
}

function structureAt(shapes: readonly Shape[], index: number | undefined): StructureShape {
  const shape = index === undefined ? emptyStructure : shapes[index];
  if (shape === undefined || !isStructure(shape)) {
    throw new TypeError(`the service model has no structure at ${index}`);
  }
  return shape;
}
