// A worker that does what the variable SCRIPT of its workload says: the body of an async function of `launch`.
// It keeps the two promises every worker makes: it waits for its launch message, and it ends when its control pipe closes.
import { createInterface } from "node:readline";

const AsyncFunction = (async () => undefined).constructor;

const lines = createInterface({ input: process.stdin });
lines.on("close", () => process.exit(70));
lines.once("line", (line) => {
  const launch = JSON.parse(line);
  const root = process.env.CLARY_ML_ROOT ?? "/opt/ml";
  new AsyncFunction("launch", "root", launch.environment.SCRIPT)(launch, root).then(
    (code) => process.exit(code ?? 0),
    (error) => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    },
  );
});
