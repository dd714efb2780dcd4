/** Dependencies are pinned exactly: what was tested is what is installed. @type {import("./run.js").Check} */
export const check = {
  name: "exact-versions",
  rule: "every dependency names one version",

  find(files) {
    return files.filter(({ path }) => path.endsWith("package.json")).flatMap(looseVersions);
  },
};

/** @param {{ path: string, text: string }} file */
function looseVersions({ path, text }) {
  const manifest = JSON.parse(text);
  const sections = ["dependencies", "devDependencies", "optionalDependencies"];
  const declared = sections.flatMap((section) => Object.entries(manifest[section] ?? {}));
  return declared
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))
    .map(([name, version]) => `${path}: ${name} is ${version}`);
}
