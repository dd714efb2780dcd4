import { algorithms } from "@clary/algorithms/catalog";

/** Prepares one image version: `<algorithm> <version>` in, one line of JSON out, progress on stderr. */
const [name = "", version = ""] = process.argv.slice(2);
try {
  const prepared = await algorithms[name]?.prepare?.(version, (line) => void process.stderr.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify(prepared ?? { environment: {}, readablePaths: [] })}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
