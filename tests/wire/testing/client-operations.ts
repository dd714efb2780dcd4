import { NormalizedSchema } from "@smithy/core/schema";
import { generateValue } from "./generate-value.ts";

/** An operation schema of a client package: `[9, namespace, name, traits, input, output]`. */
type OperationSchema = readonly [9, string, string, unknown, unknown, unknown];

/** An operation as its client package describes it. */
export interface ClientOperation {
  readonly name: string;
  generateInput(): Record<string, unknown>;
  generateOutput(): Record<string, unknown>;
}

export function clientOperations(module: Readonly<Record<string, unknown>>): readonly ClientOperation[] {
  return Object.values(module)
    .filter((value): value is OperationSchema => Array.isArray(value) && value[0] === 9)
    .map(([, , name, , input, output]) => ({
      name,
      generateInput: () => generateValue(NormalizedSchema.of(input as never)),
      generateOutput: () => generateValue(NormalizedSchema.of(output as never)),
    }));
}
