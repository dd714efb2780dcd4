import type { Protocol } from "@clary/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type KnownDifference, javascriptDifferences } from "./known-differences.ts";
import { type ClientOperation, clientOperations } from "./testing/client-operations.ts";
import { comparable, firstDifference } from "./testing/comparable.ts";
import { type EchoServer, startEchoServer, type Understood } from "./testing/echo-server.ts";
import { withEventStream } from "./testing/event-stream.ts";
import { type AnyClient, credentials, makeClient, makeCommand } from "./testing/make-client.ts";
import { loadAllModels } from "./testing/models.ts";
import { type GatedService, gatedServices } from "./testing/services.ts";

interface Exchange {
  readonly understood: Understood | undefined;
  readonly got: Record<string, unknown>;
}

describe("every operation through the JavaScript client, in both directions", () => {
  let server: EchoServer;
  let nextOutput: Record<string, unknown> = {};
  let understood: Understood | undefined;
  let failure: unknown;

  beforeAll(async () => {
    server = await startEchoServer({
      models: loadAllModels(),
      secretAccessKey: credentials.secretAccessKey,
      answer: async (request) => {
        understood = request;
        return request.operation.eventStreamOutput ? withEventStream(nextOutput) : nextOutput;
      },
      failed: (error) => {
        failure = error;
      },
    });
  });

  afterAll(() => server.close());

  const runs = gatedServices.flatMap((service) => [
    { service, protocol: undefined, title: service.id },
    ...(service.otherProtocols ?? []).map((protocol) => ({ service, protocol, title: `${service.id} by ${protocol}` })),
  ]);

  it.each(runs)("$title", async ({ service, protocol }) => {
    const differences = await differencesOf(service, protocol);
    expect(differences).toEqual(known(service.id));
  });

  async function differencesOf(service: GatedService, protocol: Protocol | undefined): Promise<readonly string[]> {
    const module = await service.clientModule();
    const client = makeClient(module, server.port, protocol);
    const differences: string[] = [];
    for (const operation of clientOperations(module)) {
      const difference = await tryOperation(module, client, operation);
      if (difference !== undefined) {
        differences.push(`${operation.name}${difference}`);
      }
    }
    client.destroy();
    return differences.map((difference) => shortened(service.id, difference));
  }

  async function tryOperation(
    module: Readonly<Record<string, unknown>>,
    client: AnyClient,
    operation: ClientOperation,
  ): Promise<string | undefined> {
    const { name } = operation;
    const sent = operation.generateInput();
    const expected = comparable(sent);
    nextOutput = operation.generateOutput();
    const answered = comparable(nextOutput);
    try {
      const { understood: request, got } = await exchange(client, makeCommand(module, name, sent));
      if (request?.operation.name !== name) {
        return ` was understood as ${request?.operation.name}`;
      }
      if (request.signatureHolds === false) {
        return " has a signature that does not hold";
      }
      const inward = firstDifference(expected, comparable(request.input));
      const outward = firstDifference(answered, comparable(got));
      return inward === undefined ? outward && ` output${outward}` : ` input${inward}`;
    } catch (error) {
      return ` failed: ${String(error)}`;
    }
  }

  async function exchange(client: AnyClient, command: object): Promise<Exchange> {
    understood = undefined;
    failure = undefined;
    try {
      const got = await client.send(command);
      return { understood, got: await readStreams(got) };
    } catch (error) {
      throw failure ?? error;
    }
  }
});

async function readStreams(output: Record<string, unknown>): Promise<Record<string, unknown>> {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(output)) {
    read[name] = await readStream(value);
  }
  return read;
}

async function readStream(value: unknown): Promise<unknown> {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if ("transformToByteArray" in value && typeof value.transformToByteArray === "function") {
    return (await value.transformToByteArray()) as unknown;
  }
  return Symbol.asyncIterator in value ? collect(value as AsyncIterable<unknown>) : value;
}

function known(service: string): readonly string[] {
  return javascriptDifferences.filter((entry) => entry.service === service).map(asText);
}

function asText({ operation, difference }: KnownDifference): string {
  return `${operation}${difference}`;
}

/** A difference that is known is cut to what the list says of it. */
function shortened(service: string, difference: string): string {
  return known(service).find((text) => difference.startsWith(text)) ?? difference;
}

async function collect(source: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  for await (const item of source) {
    items.push(item);
  }
  return items;
}
