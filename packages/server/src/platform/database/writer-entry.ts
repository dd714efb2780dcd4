import { existsSync } from "node:fs";

/**
 * The file that the writer thread runs. Node 20 starts threads from JavaScript only: a server run from sources (as tests are)
 * takes the writer of the last build.
 */
export function writerEntry(): URL {
  const beside = new URL("./writer-main.js", import.meta.url);
  if (existsSync(beside)) {
    return beside;
  }
  const built = new URL("../../../dist/platform/database/writer-main.js", import.meta.url);
  if (!existsSync(built)) {
    throw new Error("The database's writer thread is not built: run `npm run build`.");
  }
  return built;
}
