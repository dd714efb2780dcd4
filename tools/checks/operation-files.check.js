import { basename } from "node:path";

/** One operation, one name, everywhere: its file is named as it is. @type {import("./run.js").Check} */
export const check = {
  name: "operation-files",
  rule: "a file that defines an operation carries the operation's name",

  find(files) {
    return files.flatMap(({ path, text }) => {
      const declared = /: Operation<[^>]*"(\w+)"/.exec(text)?.[1];
      if (declared === undefined || !path.endsWith(".ts")) {
        return [];
      }
      const expected = `${kebab(declared)}.ts`;
      return basename(path) === expected ? [] : [`${path} defines ${declared}; its name should be ${expected}`];
    });
  },
};

/** `ListObjectsV2` → `list-objects-v2`. @param {string} name */
function kebab(name) {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
