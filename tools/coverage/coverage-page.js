import { readFileSync } from "node:fs";
import { boundOperations } from "./bound-operations.js";

/** @typedef {{ id: string, serviceId: string, operations: string[] }} ServiceModel */

const models = new URL("../../packages/server/models/index.json", import.meta.url);

/** The text of docs/coverage.md: every operation that AWS's models name, and whether the built server offers it. */
export function coveragePage() {
  /** @type {{ services: ServiceModel[] }} */
  const { services } = JSON.parse(readFileSync(models, "utf8"));
  const bound = boundOperations();
  const rows = services.map((service) => {
    const offered = bound.get(service.id) ?? new Set();
    const [done, open] = [true, false].map((wanted) =>
      service.operations.filter((name) => offered.has(name) === wanted).sort(),
    );
    return { service, done: done ?? [], open: open ?? [] };
  });
  return [
    "# Coverage",
    "",
    "Every operation of every service that Clary knows, made by `node tools/coverage/generate.js` from AWS's models and",
    "from what the built server offers. An operation that is not built yet answers 501 and names itself.",
    "",
    "| Service | Built | Of |",
    "|---|---:|---:|",
    ...rows.map(
      ({ service, done, open }) => `| ${service.serviceId} | ${done.length} | ${done.length + open.length} |`,
    ),
    "",
    ...rows.flatMap(({ service, done, open }) => [
      `## ${service.serviceId}`,
      "",
      ...(done.length === 0 ? [] : [`Built: ${done.join(", ")}.`, ""]),
      ...(open.length === 0 ? [] : [`Not built: ${open.join(", ")}.`, ""]),
    ]),
  ].join("\n");
}
