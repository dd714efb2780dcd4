import type { Finding } from "./finding.ts";
import { runProgram } from "./run-program.ts";

const remedy = "Install bubblewrap (Debian: apt-get install bubblewrap) and allow user namespaces.";

/** With bubblewrap a job sees /opt/ml and nothing of the machine's files; without it jobs still run, less isolated. */
export async function checkSandbox(): Promise<Finding> {
  const probe = await runProgram("bwrap", [
    "--unshare-all",
    "--ro-bind",
    "/",
    "/",
    "--dev",
    "/dev",
    "--proc",
    "/proc",
    "true",
  ]);
  if (probe.code === 0) {
    const user = process.getuid?.() === 0 ? "jobs run as their own user" : "jobs run as this user";
    return { name: "sandbox", state: "ok", detail: `bubblewrap; ${user}` };
  }
  const detail =
    probe.code === undefined ? "bubblewrap is not there" : `bubblewrap cannot run: ${probe.error.split("\n")[0]}`;
  return { name: "sandbox", state: "note", detail, remedy };
}
