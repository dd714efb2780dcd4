import { kinds, readMember, readTraits } from "./client-schema.js";
import { javascriptPattern } from "./javascript-pattern.js";
import { printedPattern } from "./printed-pattern.js";

/** Traits of a member that the readers and writers act on; the client's other traits are dropped. */
const memberTraits = [
  "eventHeader",
  "eventPayload",
  "ec2QueryName",
  "hostLabel",
  "httpHeader",
  "httpLabel",
  "httpPayload",
  "httpPrefixHeaders",
  "httpQuery",
  "httpQueryParams",
  "httpResponseCode",
  "idempotencyToken",
  "jsonName",
  "mediaType",
  "sensitive",
  "xmlAttribute",
  "xmlFlattened",
  "xmlName",
  "xmlNamespace",
];

/** @type {Readonly<Record<number, Record<string, unknown>>>} */
const simpleTypes = {
  0: { type: "string" },
  1: { type: "number" },
  2: { type: "boolean" },
  4: { type: "timestamp" },
  5: { type: "timestamp", format: "date-time" },
  6: { type: "timestamp", format: "http-date" },
  7: { type: "timestamp", format: "epoch-seconds" },
  15: { type: "document" },
  17: { type: "bigInteger" },
  19: { type: "bigDecimal" },
  21: { type: "blob" },
  42: { type: "blob", streaming: true },
};

const numberTypes = new Set(["integer", "long", "float", "double"]);

/**
 * Collects the shapes of a service: structure from the client's schemas, constraints from botocore's model of the same
 * member. Shapes refer to each other by index, so recursive shapes need no special form.
 */
export class ShapeTable {
  /** @type {Record<string, any>[]} */
  shapes = [];
  /** @type {Map<unknown, Map<string, number>>} */
  #known = new Map();
  /** @type {Map<string, number>} */
  #simple = new Map();
  #service;
  #botocore;

  /**
   * @param {string} service
   * @param {Record<string, any>} botocoreShapes
   */
  constructor(service, botocoreShapes) {
    this.#service = service;
    this.#botocore = botocoreShapes;
  }

  /**
   * The index of a shape, added with all it refers to when it is new.
   *
   * @param {any} schema
   * @param {string | undefined} name botocore's name for it, where botocore has one
   * @returns {number}
   */
  add(schema, name) {
    if (!Array.isArray(schema) || schema[0] === kinds.simple) {
      return this.#addSimple(schema, name);
    }
    const named = this.#known.get(schema) ?? new Map();
    this.#known.set(schema, named);
    const known = named.get(name ?? "");
    if (known !== undefined) {
      return known;
    }
    /** @type {Record<string, any>} */
    const shape = {};
    const index = this.shapes.push(shape) - 1;
    named.set(name ?? "", index);
    Object.assign(shape, this.#describe(schema, name));
    return index;
  }

  /**
   * @param {any[]} schema
   * @param {string | undefined} name
   */
  #describe(schema, name) {
    const source = this.#botocore[name ?? ""] ?? {};
    if (schema[0] === kinds.list) {
      return { type: "list", ...range(source), member: this.#member(schema[4], source.member) };
    }
    if (schema[0] === kinds.map) {
      return {
        type: "map",
        ...range(source),
        key: this.#member(schema[4], source.key),
        value: this.#member(schema[5], source.value),
      };
    }
    return this.#describeStructure(schema, source);
  }

  /**
   * @param {any[]} schema
   * @param {Record<string, any>} source
   */
  #describeStructure(schema, source) {
    const [kind, , name, traits, names, schemas, requiredCount = 0] = schema;
    const required = new Set(source.required ?? names.slice(0, requiredCount));
    const own = readTraits(traits);
    return {
      type: kind === kinds.union ? "union" : "structure",
      name,
      xmlName: own.xmlName,
      eventStream: own.streaming && true,
      sensitive: own.sensitive && true,
      exclusive: source.union,
      members: names.map((/** @type {string} */ member, /** @type {number} */ i) => ({
        name: member,
        ...this.#member(schemas[i], source.members?.[member]),
        required: required.has(member) || undefined,
      })),
    };
  }

  /**
   * @param {any} member
   * @param {{ shape: string } | undefined} source
   */
  #member(member, source) {
    const { schema, traits } = readMember(member);
    /** @type {Record<string, any>} */
    const kept = {};
    for (const trait of memberTraits) {
      if (traits[trait] !== undefined) {
        kept[trait] = traits[trait] === 1 ? true : traits[trait];
      }
    }
    const isError = Array.isArray(schema) && schema[0] === kinds.error;
    return { shape: this.add(schema, source?.shape), ...kept, error: isError || undefined };
  }

  /**
   * @param {any} schema
   * @param {string | undefined} name
   */
  #addSimple(schema, name) {
    const shape = this.#describeSimple(schema, name ?? "");
    const key = JSON.stringify(shape);
    const index = this.#simple.get(key) ?? this.shapes.push(shape) - 1;
    this.#simple.set(key, index);
    return index;
  }

  /**
   * @param {any} schema
   * @param {string} name
   */
  #describeSimple(schema, name) {
    const [, , , rawTraits, number] = Array.isArray(schema) ? schema : [0, "", "", 0, schema];
    const traits = readTraits(rawTraits);
    const base = simpleTypes[number];
    if (base === undefined) {
      throw new Error(`${this.#service}: schema type ${number} is not known here`);
    }
    const source = this.#botocore[name] ?? {};
    return {
      ...base,
      type: base.type === "number" && numberTypes.has(source.type) ? source.type : base.type,
      streaming: base.streaming ?? (traits.streaming && true),
      sensitive: (traits.sensitive && true) ?? source.sensitive,
      mediaType: traits.mediaType,
      ...this.#constraints(name, source),
    };
  }

  /**
   * @param {string} name
   * @param {Record<string, any>} source
   */
  #constraints(name, source) {
    const { pattern } = source;
    const compiled = pattern && javascriptPattern(pattern);
    const printed = pattern && printedPattern(this.#service, name, pattern);
    return {
      ...range(source),
      pattern: compiled,
      printedPattern: printed === compiled ? undefined : printed,
      enum: source.enum,
    };
  }
}

/** @param {{ min?: number, max?: number }} source */
function range({ min, max }) {
  return { min, max };
}
