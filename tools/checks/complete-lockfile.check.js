/**
 * The lockfile names every package for every platform, with its digest. npm leaves out a platform's variant of an optional
 * package when the registry in use does not have it, and `npm ci` then refuses on a machine with an empty cache.
 * @type {import("./run.js").Check}
 */
export const check = {
  name: "complete-lockfile",
  rule: "the lockfile has every platform's packages, each with its digest",

  find(files) {
    const file = files.find(({ path }) => path === "package-lock.json");
    if (file === undefined) {
      return ["package-lock.json is missing"];
    }
    /** @type {Record<string, { link?: boolean, integrity?: string, optionalDependencies?: Record<string, string> }>} */
    const packages = JSON.parse(file.text).packages;
    const present = new Set(Object.keys(packages).map(packageName));
    return Object.entries(packages).flatMap(([path, entry]) => [
      ...withoutDigest(path, entry),
      ...Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !present.has(name))
        .map((name) => `${path} may need ${name}, which has no entry`),
    ]);
  },
};

/** @param {string} path @param {{ link?: boolean, integrity?: string }} entry */
function withoutDigest(path, entry) {
  const ours = !path.includes("node_modules/") || entry.link === true;
  return ours || entry.integrity !== undefined ? [] : [`${path} has no integrity`];
}

/** `node_modules/a/node_modules/@b/c` → `@b/c`. @param {string} path */
function packageName(path) {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}
