/**
 * Readers of the schemas that `@aws-sdk/client-*` packages export (grammar: `StaticSchema` of `@smithy/types`):
 * operation `[9, ns, name, traits, input, output]`, structure `[3, ns, name, traits, names, schemas, required]`,
 * union 4, error -3, list 1, map 2, named simple type 0; a bare number is a simple type, `64 | x` a list of it and
 * `128 | x` a map; a member is a schema or `[schema, traits]`; traits are an object or bit flags.
 */

export const kinds = { simple: 0, list: 1, map: 2, structure: 3, union: 4, operation: 9, error: -3 };

const LIST_FLAG = 64;
const MAP_FLAG = 128;
const traitBits = [
  "httpLabel",
  "idempotent",
  "idempotencyToken",
  "sensitive",
  "httpPayload",
  "httpResponseCode",
  "httpQueryParams",
];

/**
 * @param {unknown} traits
 * @returns {Record<string, any>}
 */
export function readTraits(traits) {
  if (typeof traits === "object" && traits !== null) {
    return /** @type {Record<string, any>} */ (traits);
  }
  /** @type {Record<string, any>} */
  const named = {};
  traitBits.forEach((name, bit) => {
    if ((Number(traits ?? 0) >> bit) & 1) {
      named[name] = 1;
    }
  });
  return named;
}

/**
 * A schema without its indirections: functions called, unit outputs `undefined`, list and map flags spelled out.
 *
 * @param {any} reference
 * @returns {any}
 */
export function dereference(reference) {
  const schema = typeof reference === "function" ? reference() : reference;
  if (schema === "unit" || schema === undefined) {
    return undefined;
  }
  if (typeof schema === "number" && schema >= LIST_FLAG) {
    return schema >= MAP_FLAG
      ? [kinds.map, "", "", 0, 0, schema & ~MAP_FLAG]
      : [kinds.list, "", "", 0, schema & ~LIST_FLAG];
  }
  return schema;
}

/**
 * A member's schema, and the traits that the member itself carries.
 *
 * @param {any} member
 * @returns {{ schema: any, traits: Record<string, any> }}
 */
export function readMember(member) {
  const resolved = typeof member === "function" ? member() : member;
  if (Array.isArray(resolved) && resolved.length === 2) {
    return { schema: dereference(resolved[0]), traits: readTraits(resolved[1]) };
  }
  return { schema: dereference(resolved), traits: {} };
}

/**
 * The operations and errors of a client package, from its public exports.
 *
 * @param {Record<string, any>} client
 */
export function readClient(client) {
  const schemas = Object.keys(client)
    .filter((name) => name.endsWith("$") && Array.isArray(client[name]))
    .map((name) => client[name]);
  const operations = schemas.filter((schema) => schema[0] === kinds.operation);
  if (operations.length === 0) {
    throw new Error("the client package exports no operation schemas");
  }
  const [[, namespace]] = operations;
  // The client's own base class of errors has a schema too, in a namespace of the client's.
  const errors = schemas.filter((schema) => schema[0] === kinds.error && schema[1] === namespace);
  return { operations, errors };
}
