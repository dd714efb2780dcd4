import { type Launch, receiveLaunch } from "@clary/runtime";

/** Exit code of a worker whose server is gone. */
const orphaned = 70;

/**
 * Waits for the launch message and takes over its environment. From then on the process ends as soon as the server that
 * started it is gone, whatever it is doing.
 */
export async function begin(): Promise<Launch> {
  const launch = await receiveLaunch(process.stdin, {
    onOrphaned: () => process.exit(orphaned),
    onStop: () => process.emit("SIGTERM"),
  });
  Object.assign(process.env, launch.environment);
  return launch;
}
