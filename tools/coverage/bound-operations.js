import { openServices } from "../../packages/server/dist/composition/services.js";

/** Stands in for every dependency: binding an operation keeps its dependencies and uses none. @type {any} */
const anything = new Proxy(() => anything, { get: () => anything });

/** What the built server really offers: the names of operations by service. @returns {Map<string, Set<string>>} */
export function boundOperations() {
  const services = openServices(anything, anything, anything, anything);
  return new Map(services.map(({ id, operations }) => [id, new Set(operations.keys())]));
}
