import type { Finding } from "./finding.ts";

/** Node 20.19 is the first that all our libraries run on. */
export async function checkNode(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  const detail = `${process.versions.node}, ${process.platform} ${process.arch}`;
  return enough
    ? { name: "Node.js", state: "ok", detail }
    : { name: "Node.js", state: "problem", detail, remedy: "Install Node.js 20.19 or later." };
}
