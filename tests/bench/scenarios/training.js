import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { clients, deploy, trainBoston, uploadBoston, writeBoston } from "../support/boston.js";
import { benchPython, repository, requireBench, scratchDirectory, startClary } from "../support/servers.js";
import { median, pairedRatio } from "../support/statistics.js";

const rounds = 7;

/** The Boston job from request to Completed against a bare Python process, in turn; and the time to an endpoint in service. */
export async function training() {
  requireBench();
  const directory = scratchDirectory();
  const files = writeBoston(directory);
  const server = await startClary();
  try {
    const client = clients(server);
    await uploadBoston(client, files);
    let artifact = await trainBoston(client, "warm-up", server.executionRoleArn);
    const ours = [];
    const theirs = [];
    const deployments = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(
        await seconds(async () => (artifact = await trainBoston(client, `boston-${round}`, server.executionRoleArn))),
      );
      theirs.push(await seconds(async () => trainInPython(files, directory)));
      deployments.push(await deploy(client, { name: `boston-${round}`, roleArn: server.executionRoleArn, artifact }));
    }
    return [
      {
        name: "training job, submit to Completed",
        ours: median(ours),
        theirs: median(theirs),
        unit: "s",
        ratio: pairedRatio(ours, theirs),
        wanted: "≤ 1",
        peer: "python xgboost.train",
      },
      { name: "endpoint, create to InService", ours: median(deployments), unit: "s", wanted: "≤ 1 (aim 0.3)" },
    ];
  } finally {
    await server.stop();
  }
}

/** @param {{ train: string, validation: string }} files @param {string} directory */
function trainInPython(files, directory) {
  const script = join(repository, "tests/bench/peers/train_boston.py");
  execFileSync(benchPython, [script, files.train, files.validation, join(directory, "peer.json")], {
    stdio: "ignore",
    env: { ...process.env, OMP_NUM_THREADS: "1" },
  });
}

/** @param {() => Promise<unknown>} work */
async function seconds(work) {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}
