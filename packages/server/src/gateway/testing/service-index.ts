import type { ServiceIndexEntry } from "@clary/wire";

const query: Omit<ServiceIndexEntry, "id"> = {
  serviceId: "",
  protocols: ["awsQuery"],
  targetPrefix: "",
  signingName: "",
  endpointPrefixes: [],
  apiVersion: "2011-06-15",
  xmlNamespace: "",
  queryCompatible: false,
  constraintError: "ValidationError",
  operations: [],
};

/** Index entries for tests: what a test does not say is as in a small query service. */
export function indexOf(
  ...entries: readonly (Partial<ServiceIndexEntry> & Pick<ServiceIndexEntry, "id">)[]
): readonly ServiceIndexEntry[] {
  return entries.map((entry) => ({ ...query, serviceId: entry.id, signingName: entry.id, ...entry }));
}
