#!/usr/bin/env node
// Makes the Python environments of the clients that the tests drive, below .clients/, one for each file in requirements/.
//   node tools/clients/install.js [NAME …]     all of them when none is named
// An environment whose requirements have not changed is left as it is.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const requirements = fileURLToPath(new URL("requirements", import.meta.url));

const known = readdirSync(requirements).map((file) => file.replace(/\.txt$/, ""));
const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : known) {
  if (!known.includes(name)) {
    console.error(`There is no client ${name}; there are ${known.join(", ")}.`);
    process.exit(2);
  }
  install(name);
}

/** @param {string} name */
function install(name) {
  const file = join(requirements, `${name}.txt`);
  const directory = join(root, ".clients", name);
  const stamp = join(directory, ".requirements");
  const digest = createHash("sha256").update(readFileSync(file)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) {
    return;
  }
  console.log(`Installing ${name} …`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(root, ".clients"), { recursive: true });
  run("python3", ["-m", "venv", directory]);
  run(join(directory, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", "--requirement", file]);
  // Written last: a killed installation is made again.
  writeFileSync(stamp, digest);
}

/**
 * @param {string} program
 * @param {string[]} words
 */
function run(program, words) {
  execFileSync(program, words, { stdio: ["ignore", "inherit", "inherit"] });
}
