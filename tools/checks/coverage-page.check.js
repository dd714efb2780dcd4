import { coveragePage } from "../coverage/coverage-page.js";

/** @type {import("./run.js").Check} */
export const check = {
  name: "coverage-page",
  rule: "docs/coverage.md says what the built server offers",

  find(files) {
    const page = files.find(({ path }) => path === "docs/coverage.md");
    return page?.text === coveragePage() ? [] : ["docs/coverage.md is not up to date: node tools/coverage/generate.js"];
  },
};
