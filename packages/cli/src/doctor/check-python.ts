import type { Finding } from "./finding.ts";
import { runProgram } from "./run-program.ts";

const remedy = "Install python3 with pip (Debian: apt-get install python3 python3-pip python3-venv).";

/** Python is for getting libxgboost with pip and for users' own code; the server runs without it. */
export async function checkPython(): Promise<Finding> {
  const version = await runProgram("python3", ["--version"]);
  if (version.code !== 0) {
    return { name: "Python", state: "note", detail: "python3 is not there", remedy };
  }
  const pip = await pipVersion();
  return pip === undefined
    ? { name: "Python", state: "note", detail: `${version.out} without pip`, remedy }
    : { name: "Python", state: "ok", detail: `${version.out}, ${pip}` };
}

/** `pip 23.0.1`, or undefined where python3 has none. */
export async function pipVersion(): Promise<string | undefined> {
  const { code, out } = await runProgram("python3", ["-m", "pip", "--version"]);
  return code === 0 ? out.split(" from ")[0] : undefined;
}
