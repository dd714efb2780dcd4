/**
 * Writes packages/server/models: one file per service for @clary/wire, and an index to route requests by before any of
 * them is loaded. Does nothing when neither the packages nor the generator changed. `--force` writes anyway.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inputsDigest } from "./inputs-digest.js";
import { services } from "./services.js";

const folder = join(import.meta.dirname, "../../packages/server/models");
const indexFile = join(folder, "index.json");

const inputs = inputsDigest();
if (process.argv.includes("--force") || !isCurrent(inputs)) {
  await generate(inputs);
}

/** @param {string} digest */
function isCurrent(digest) {
  if (!existsSync(indexFile) || services.some(({ id }) => !existsSync(join(folder, `${id}.json`)))) {
    return false;
  }
  // The digest stands at the head of the index, which is 70 kB.
  return readFileSync(indexFile, "utf8").startsWith(`{"inputs":"${digest}"`);
}

/** @param {string} digest */
async function generate(digest) {
  const { readBotocoreModels } = await import("./botocore-models.js");
  const { buildModel } = await import("./build-model.js");
  const botocore = readBotocoreModels(services.map((service) => service.botocore));
  mkdirSync(folder, { recursive: true });
  const index = [];
  for (const source of services) {
    const client = await import(`@aws-sdk/${source.client}`);
    const constraints = botocore.get(source.botocore);
    if (constraints === undefined) {
      throw new Error(`no botocore model of ${source.botocore}`);
    }
    const model = buildModel(source, client, constraints);
    write(`${source.id}.json`, model);
    index.push(indexEntry(model));
    console.log(`${source.id}: ${model.operations.length} operations, ${model.shapes.length} shapes`);
  }
  // Last, so that an interrupted run is seen as not current.
  write("index.json", { inputs: digest, services: index });
}

/** @param {Record<string, any>} model */
function indexEntry({ operations, errors: _errors, shapes: _shapes, ...facts }) {
  return { ...facts, operations: operations.map((/** @type {{ name: string }} */ { name }) => name) };
}

/**
 * @param {string} name
 * @param {unknown} content
 */
function write(name, content) {
  const file = join(folder, name);
  // A reader never meets half a file, also when two builds run at once.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(content));
  renameSync(draft, file);
}
