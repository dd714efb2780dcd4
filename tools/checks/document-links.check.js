import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Links between our documents lead somewhere. @type {import("./run.js").Check} */
export const check = {
  name: "document-links",
  rule: "every relative link in a document names a file that exists",

  find(files, root) {
    return files
      .filter(({ path }) => path.endsWith(".md"))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
          .map(([, target = ""]) => target)
          .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(path), target)))
          .map((target) => `${path}: ${target} does not exist`),
      );
  },
};
