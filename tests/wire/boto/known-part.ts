import type { OperationModel } from "@clary/wire";

type Shape = OperationModel["input"] | OperationModel["input"]["members"][number]["shape"];
type Tree = Readonly<Record<string, unknown>>;

/** What of a value the model knows: members it does not name are left out, at every depth. */
export function knownPart(value: unknown, shape: Shape): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (shape.type === "list") {
    return (value as readonly unknown[]).map((item) => knownPart(item, shape.member.shape));
  }
  if (shape.type === "map") {
    return mapValues(value as Tree, (content) => knownPart(content, shape.value.shape));
  }
  if (shape.type !== "structure" && shape.type !== "union") {
    return value;
  }
  const known = shape.members.filter(({ name }) => name in value);
  return Object.fromEntries(
    known.map((member) => [member.name, knownPart((value as Tree)[member.name], member.shape)]),
  );
}

function mapValues(tree: Tree, change: (value: unknown) => unknown): Tree {
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, change(value)]));
}
