import { checkContainerEngine } from "./check-container-engine.ts";
import { checkLibrary } from "./check-library.ts";
import { checkModels } from "./check-models.ts";
import { checkNode } from "./check-node.ts";
import { checkPort } from "./check-port.ts";
import { checkPython } from "./check-python.ts";
import { checkSandbox } from "./check-sandbox.ts";
import type { CheckUp, Finding } from "./finding.ts";

const checks: readonly ((checkUp: CheckUp) => Promise<Finding>)[] = [
  checkNode,
  checkModels,
  checkPython,
  checkLibrary,
  checkSandbox,
  checkContainerEngine,
  checkPort,
];

/** Looks at everything that Clary needs or can use on this machine. */
export async function checkUp(request: CheckUp): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    findings.push(await check(request));
  }
  return findings;
}
