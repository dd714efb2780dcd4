import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { XgboostImage } from "../image-version.ts";
import type { Booster } from "../library/booster.ts";
import { modelFromDocument } from "./from-document.ts";
import { parseUbjson } from "./read-ubjson.ts";
import { type PickledValue, writeBoosterPickle } from "./pickle-writer.ts";
import { writeBinaryModel } from "./write-binary.ts";
import { ubjsonText, type UbjsonValue, writeUbjson } from "./write-ubjson.ts";

/** Name of the artifact's file. */
export const MODEL_FILE = "xgboost-model";

/** The model in the form that the image writes. */
export function encodeArtifact(booster: Booster, image: XgboostImage): Buffer {
  const ubjson = scalarBaseScore(booster.save("ubj"));
  switch (image.artifact) {
    case "ubj":
      return ubjson;
    case "binary":
      return writeBinaryModel(modelFromDocument(parseUbjson(ubjson)));
    case "pickle":
      return encodePickle(booster, ubjson);
  }
}

/** Writes a file so that it is there complete or not at all, also after a power cut. */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  const file = await open(partial, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

/**
 * Since 3.1 the library writes base_score as a list, `[5E-1]`, which 1.7 reads as garbage without a word and other
 * releases refuse; all read the scalar. Changed in the bytes: they hold the model's own float32 values.
 */
function scalarBaseScore(ubjson: Buffer): Buffer {
  const marker = Buffer.from("base_scoreSL", "latin1");
  const at = ubjson.indexOf(marker) + marker.length;
  const length = Number(ubjson.readBigUInt64BE(at));
  const text = ubjson.toString("latin1", at + 8, at + 8 + length);
  const scalar = onlyValue(text);
  if (scalar === text) {
    return ubjson;
  }
  const newLength = Buffer.alloc(8);
  newLength.writeBigUInt64BE(BigInt(scalar.length));
  return Buffer.concat([ubjson.subarray(0, at), newLength, Buffer.from(scalar), ubjson.subarray(at + 8 + length)]);
}

/** `5E-1` of `[5E-1]` or `[5E-1,5E-1]`; a list of different values stays as it is. */
function onlyValue(text: string): string {
  const values = new Set(text.replace(/^\[(.*)\]$/, "$1").split(","));
  return values.size === 1 ? ([...values][0] ?? text) : text;
}

/** Serialised as UBJSON, which Python's XGBoost 1.6 and later unpickle. */
function encodePickle(booster: Booster, ubjson: Buffer): Buffer {
  const model = modelFromDocument(parseUbjson(ubjson));
  const configuration = asUbjson(JSON.parse(booster.configuration().replace(/("base_score":")([^"]*)/g, scalarMember)));
  const serialised = [Buffer.from("{"), member("Config", writeUbjson(configuration)), member("Model", ubjson)];
  const state: Record<string, PickledValue> = {
    handle: Buffer.concat([...serialised, Buffer.from("}")]),
    feature_names: null,
    feature_types: null,
    ...bestOf(model.attributes, booster.rounds(), model.booster.kind === "trees" ? model.booster.parallelTrees : 1),
  };
  return writeBoosterPickle(state);
}

function scalarMember(_: string, name: string, value: string): string {
  return name + onlyValue(value);
}

function member(name: string, value: Buffer): Buffer {
  return Buffer.concat([ubjsonText(name), value]);
}

// The configuration is text, whole numbers and booleans throughout.
function asUbjson(value: unknown): UbjsonValue {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => asUbjson(item));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asUbjson(item)]));
  }
  return typeof value === "number" || typeof value === "boolean" ? value : String(value).replace(/^\[([^,]*)\]$/, "$1");
}

// `xgb.train` of those releases always left these on the Booster; the container predicts with best_ntree_limit.
function bestOf(
  attributes: Readonly<Record<string, string>>,
  rounds: number,
  parallelTrees: number,
): Record<string, number> {
  const best = attributes["best_iteration"] === undefined ? rounds - 1 : Number(attributes["best_iteration"]);
  const score = attributes["best_score"];
  return {
    best_iteration: best,
    best_ntree_limit: (best + 1) * parallelTrees,
    ...(score === undefined ? {} : { best_score: Number(score) }),
  };
}
