import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe } from "vitest";
import { skipWithout } from "./skip-without.ts";

export const repository: string = fileURLToPath(new URL("../..", import.meta.url));

/** The clients that tests drive from outside, and how a machine gets each. */
export type ClientName = "sagemaker-1.72" | "sagemaker-2" | "awscli-1" | "awscli-2" | "xgboost" | "bench";

/** The Python of a client's environment, or the `aws` program of a command line client; undefined when it is not installed. */
export function clientProgram(name: ClientName): string | undefined {
  if (name === "awscli-2") {
    return debianAws();
  }
  const program = join(repository, ".clients", name, "bin", name === "awscli-1" ? "aws" : "python");
  return existsSync(program) ? program : undefined;
}

/**
 * `describe` for tests that need a client. Where it is missing the suite is skipped with the remedy in its name; in CI a
 * missing client is a failure.
 */
export function describeWithClient(name: ClientName, title: string, suite: (program: string) => void): void {
  const program = clientProgram(name);
  const remedy = name === "awscli-2" ? "apt-get install awscli" : `node tools/clients/install.js ${name}`;
  const skip = skipWithout(program !== undefined, `${title}: the client ${name} is missing`, remedy);
  describe.skipIf(skip)(`${title} [${name}${skip ? ` is missing: ${remedy}` : ""}]`, () => {
    suite(program ?? "absent");
  });
}

function debianAws(): string | undefined {
  const program = "/usr/bin/aws";
  if (!existsSync(program)) {
    return undefined;
  }
  return execFileSync(program, ["--version"], { encoding: "utf8" }).startsWith("aws-cli/2") ? program : undefined;
}
