import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const knip = fileURLToPath(new URL("../../node_modules/.bin/knip", import.meta.url));

/** knip, with the exceptions that `knip.jsonc` gives reasons for. @type {import("./run.js").Check} */
export const check = {
  name: "unused-code",
  rule: "no file, export or dependency that nothing uses, and none used undeclared",

  find(files, directory) {
    const { status, stdout, stderr } = spawnSync(knip, ["--no-progress", "--reporter", "compact"], {
      cwd: directory,
      encoding: "utf8",
    });
    const lines = stdout.split("\n").filter((line) => line.trim() !== "");
    return status === 0 || lines.length > 0 ? lines : [`${join(directory, "knip")}: ${stderr}`];
  },
};
