import { loadServiceModel } from "../model/load-service-model.ts";
import type {
  NamedMemberFile,
  OperationFile,
  Protocol,
  ServiceModelFile,
  ShapeFile,
} from "../model/service-model-file.ts";
import type { OperationModel, ServiceModel } from "../model/service-model.ts";

/** Shapes of the small model, by a name that stands for their index. */
const names = [
  "Input",
  "Text",
  "Count",
  "Ratio",
  "Flag",
  "Moment",
  "Bytes",
  "Names",
  "Labels",
  "Nested",
  "NestedList",
  "Choice",
  "Output",
  "NoSuchThing",
  "Document",
  "Secret",
] as const;

type ShapeName = (typeof names)[number];

function shape(name: ShapeName): number {
  return names.indexOf(name);
}

function member(name: string, target: ShapeName, traits: Partial<NamedMemberFile> = {}): NamedMemberFile {
  return { name, shape: shape(target), ...traits };
}

const values = [
  member("Text", "Text"),
  member("Count", "Count"),
  member("Ratio", "Ratio"),
  member("Flag", "Flag"),
  member("Moment", "Moment"),
  member("Bytes", "Bytes"),
  member("Names", "Names"),
  member("Labels", "Labels"),
  member("Nested", "Nested"),
  member("Choice", "Choice"),
  member("Document", "Document"),
  member("Secret", "Secret"),
];

const shapes: Readonly<Record<ShapeName, ShapeFile>> = {
  Input: { type: "structure", name: "Input", members: values },
  Text: { type: "string", min: 2, max: 4, pattern: "[a-z]*", printedPattern: "^[a-z]*" },
  Count: { type: "integer", min: 1, max: 10 },
  Ratio: { type: "double" },
  Flag: { type: "boolean" },
  Moment: { type: "timestamp" },
  Bytes: { type: "blob", max: 3 },
  Names: { type: "list", max: 2, member: { shape: shape("Text") } },
  Labels: { type: "map", max: 2, key: { shape: shape("Text") }, value: { shape: shape("Text") } },
  Nested: {
    type: "structure",
    name: "Nested",
    members: [member("Kind", "Choice"), member("Name", "Text", { required: true }), member("Inner", "NestedList")],
  },
  NestedList: { type: "list", member: { shape: shape("Nested") } },
  Choice: { type: "string", enum: ["A", "B"] },
  Output: { type: "structure", name: "Output", members: values },
  NoSuchThing: {
    type: "structure",
    name: "NoSuchThing",
    members: [member("message", "Text"), member("Thing", "Text")],
  },
  Document: { type: "document" },
  Secret: { type: "string", max: 3, sensitive: true },
};

/** A service with one operation, `Do`, whose input and output hold every kind of member. */
export function smallModel(protocol: Protocol, change: Partial<OperationFile> = {}): ServiceModel {
  const file: ServiceModelFile = {
    id: "small",
    serviceId: "Small",
    protocols: [protocol],
    targetPrefix: "Small",
    signingName: "small",
    endpointPrefixes: ["small"],
    apiVersion: "2026-11-20",
    xmlNamespace: "https://small.example/",
    queryCompatible: true,
    constraintError: "ValidationException",
    operations: [
      {
        name: "Do",
        http: { method: "POST", path: "/do", status: 200 },
        input: shape("Input"),
        output: shape("Output"),
        ...change,
      },
      { name: "Forget", http: { method: "POST", path: "/forget", status: 200 }, input: shape("Input") },
    ],
    errors: [
      {
        name: "NoSuchThing",
        fault: "client",
        status: 404,
        queryCode: "Small.NoSuchThing",
        queryStatus: 410,
        shape: shape("NoSuchThing"),
      },
    ],
    shapes: names.map((name) => shapes[name]),
  };
  return loadServiceModel(file);
}

/** An operation of the small model. */
export function smallOperation(protocol: Protocol, name: "Do" | "Forget" = "Do"): OperationModel {
  const operation = smallModel(protocol).operations.get(name);
  if (operation === undefined) {
    throw new Error(`the small model has no ${name}`);
  }
  return operation;
}
