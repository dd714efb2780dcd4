import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const samples = fileURLToPath(new URL("samples/layers", import.meta.url));

/**
 * The layer rules live in the lint configuration, so this check sees the linter fail: every file of the sample breaks one
 * rule. On the repository it reports the sample files that the linter let pass.
 * @type {import("./run.js").Check}
 */
export const check = {
  name: "layers",
  rule: "the lint rules for layers catch their bad samples",

  find(files, directory) {
    const caught = lintSamples();
    const paths = directory === root ? ["wire", "runtime", "server/platform", "server/services"] : [...caught];
    return directory === root
      ? paths.filter((path) => !caught.has(path)).map((path) => `the linter does not object to ${path}`)
      : paths;
  },
};

/** Lints the samples under the repository's configuration, at the places that they stand for. @returns {Set<string>} */
function lintSamples() {
  const scratch = mkdtempSync(join(tmpdir(), "clary-layers-"));
  try {
    cpSync(samples, scratch, { recursive: true });
    cpSync(join(root, ".oxlintrc.json"), join(scratch, ".oxlintrc.json"));
    const { stdout } = spawnSync(join(root, "node_modules/.bin/oxlint"), ["--format=json", "packages"], {
      cwd: scratch,
      encoding: "utf8",
    });
    const { diagnostics } = JSON.parse(stdout);
    return new Set(
      diagnostics
        .filter((/** @type {{ code: string }} */ { code }) => code.includes("no-restricted-imports"))
        .map((/** @type {{ filename: string }} */ { filename }) =>
          filename
            .replace("packages/", "")
            .replace(/\/src(\/|$)/, "/")
            .replace(/\/?bad\.ts$/, ""),
        ),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
