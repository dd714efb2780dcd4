import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { services } from "./services.js";

const require = createRequire(import.meta.url);
const CONSTRAINTS_PACKAGE = "@aws-cdk/asset-awscli-v1";

/**
 * A digest of all that the models are made from: the versions of the packages and the generator's own files. Packages
 * are pinned exactly, so a version stands for its contents.
 *
 * @throws when a package is not installed
 * @returns {string}
 */
export function inputsDigest() {
  const hash = createHash("sha256");
  for (const name of [CONSTRAINTS_PACKAGE, ...services.map((service) => `@aws-sdk/${service.client}`)]) {
    hash.update(`${name}@${versionOf(name)}\n`);
  }
  for (const file of readdirSync(import.meta.dirname).sort()) {
    if (file.endsWith(".js")) {
      hash.update(file).update(readFileSync(`${import.meta.dirname}/${file}`));
    }
  }
  return hash.digest("hex");
}

/** @param {string} name */
function versionOf(name) {
  try {
    return JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")).version;
  } catch (error) {
    throw new Error(`${name} is not installed, and the service models are made from it: run npm ci`, { cause: error });
  }
}
