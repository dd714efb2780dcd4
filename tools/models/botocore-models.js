import { ASSET_FILE } from "@aws-cdk/asset-awscli-v1";
import { readZip } from "./read-zip.js";

/**
 * A botocore model, as far as it is read here.
 *
 * @typedef {object} BotocoreModel
 * @property {Record<string, any>} metadata
 * @property {Record<string, any>} operations
 * @property {Record<string, any>} shapes
 */

const MODEL_PATH = /\/botocore\/data\/([^/]+)\/(\d{4}-\d{2}-\d{2})\/service-2\.json$/;

/**
 * Reads the newest API version of each service's botocore model out of the AWS CLI that AWS publishes on npm.
 *
 * @param {readonly string[]} names botocore's folder names
 * @returns {Map<string, BotocoreModel>}
 */
export function readBotocoreModels(names) {
  const wanted = new Set(names);
  const files = readZip(ASSET_FILE, (name) => wanted.has(MODEL_PATH.exec(name)?.[1] ?? ""));
  /** @type {Map<string, string>} */
  const newest = new Map();
  for (const file of [...files.keys()].sort()) {
    newest.set(MODEL_PATH.exec(file)?.[1] ?? "", file);
  }
  /** @type {Map<string, BotocoreModel>} */
  const models = new Map();
  for (const name of names) {
    const file = newest.get(name);
    if (file === undefined) {
      throw new Error(`@aws-cdk/asset-awscli-v1 holds no botocore model of ${name}`);
    }
    models.set(name, JSON.parse(String(files.get(file))));
  }
  return models;
}
