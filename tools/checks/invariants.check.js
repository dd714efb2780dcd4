import { existsSync } from "node:fs";
import { join } from "node:path";

/** INVARIANTS.md says of each rule what enforces it, and what it names exists. @type {import("./run.js").Check} */
export const check = {
  name: "invariants",
  rule: "every invariant ends with what enforces it, and the files it names exist",

  find(files, root) {
    const document = files.find(({ path }) => path === "INVARIANTS.md");
    if (document === undefined) {
      return ["INVARIANTS.md is missing"];
    }
    const rules = document.text.split(/\n(?=- \*\*I-\d+\*\*)/).slice(1);
    return rules.length === 0 ? ["INVARIANTS.md has no rule"] : rules.flatMap((rule) => problems(rule, root));
  },
};

/** @param {string} rule @param {string} root */
function problems(rule, root) {
  const name = /I-\d+/.exec(rule)?.[0];
  const enforced = /Enforced by: ([\s\S]+)/.exec(rule)?.[1];
  if (enforced === undefined) {
    return [`${name} does not say what enforces it`];
  }
  const paths = [...enforced.matchAll(/`([\w./-]+\/[\w./-]+)`/g)].map(([, path = ""]) => path);
  return paths
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `${name} names ${path}, which does not exist`);
}
