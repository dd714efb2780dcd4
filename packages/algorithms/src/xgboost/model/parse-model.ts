import { type BoosterModel, ModelFormatError } from "./booster-model.ts";
import { modelFromDocument } from "./from-document.ts";
import { asObject } from "./json-access.ts";
import { looksLikePickle, readBoosterPickle } from "./pickle-reader.ts";
import { readBinaryModel } from "./read-binary.ts";
import { parseUbjson } from "./read-ubjson.ts";

/** Before the model in what Python pickled with 1.0 to 1.5: this text, and how long the model is (u8). */
const SERIALISATION_HEADER = "CONFIG-offset:";

/**
 * Reads `xgboost-model` in any form that an image ever wrote: a pickled Booster, JSON, UBJSON, or the binary form. Nothing
 * in the file is executed. Throws ModelFormatError.
 */
export function parseModel(bytes: Uint8Array): BoosterModel {
  if (bytes.length === 0) {
    throw new ModelFormatError("the model file is empty");
  }
  if (!looksLikePickle(bytes)) {
    return parseBuffer(bytes);
  }
  const { handle, attributes } = readBoosterPickle(bytes);
  const model = parseBuffer(handle);
  const best = attributes.get("best_iteration");
  return best === undefined ? model : { ...model, attributes: { ...model.attributes, best_iteration: String(best) } };
}

function parseBuffer(bytes: Uint8Array): BoosterModel {
  if (bytes[0] === 0x7b) {
    return modelFromDocument(unwrap(parseDocument(bytes)));
  }
  if (startsWith(bytes, SERIALISATION_HEADER)) {
    return readBinaryModel(bytes.subarray(SERIALISATION_HEADER.length + 8));
  }
  return readBinaryModel(bytes);
}

function parseDocument(bytes: Uint8Array): unknown {
  // In JSON a quote, a blank or the end follows the brace; in UBJSON the type of a key's length.
  if (!/["\s}]/.test(String.fromCharCode(bytes[1] ?? 0))) {
    return parseUbjson(bytes);
  }
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  } catch (error) {
    throw new ModelFormatError("the model file is not valid JSON", { cause: error });
  }
}

// A serialised Booster wraps the model together with its configuration.
function unwrap(document: unknown): unknown {
  const members = asObject(document, "model");
  return members["Model"] ?? document;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.subarray(0, text.length)).toString("latin1") === text;
}
