import { AwsError, type ErrorModel, type ServiceModel } from "@clary/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientOperations } from "./testing/client-operations.ts";
import { type EchoServer, startEchoServer } from "./testing/echo-server.ts";
import { type AnyClient, credentials, makeClient, makeCommand } from "./testing/make-client.ts";
import { loadAllModels } from "./testing/models.ts";
import { gatedServices } from "./testing/services.ts";

interface Caught {
  readonly name: string;
  readonly message: string;
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId: string };
}

type ErrorClass = new (...values: never[]) => Error;

const MESSAGE = "no <such> thing & 'more' é";

describe("every modelled error through the JavaScript client", () => {
  const models = loadAllModels();
  let server: EchoServer;
  let nextError = new AwsError("", "");

  beforeAll(async () => {
    server = await startEchoServer({
      models,
      secretAccessKey: credentials.secretAccessKey,
      answer: async () => {
        throw nextError;
      },
      failed: (error) => {
        throw error;
      },
    });
  });

  afterAll(() => server.close());

  const runs = gatedServices.flatMap((service) =>
    [undefined, ...(service.otherProtocols ?? [])].map((protocol) => ({
      service,
      protocol,
      title: `${service.id} ${protocol ?? ""}`,
    })),
  );

  it.each(runs)("$title", async ({ service, protocol }) => {
    const module = await service.clientModule();
    const client = makeClient(module, server.port, protocol);
    const [operation] = clientOperations(module);
    const call = async (): Promise<Caught> => {
      const command = makeCommand(module, operation?.name ?? "", operation?.generateInput() ?? {});
      return catchFrom(client, command);
    };
    const { errors } = modelOf(service.id);
    for (const model of errors.values()) {
      nextError = new AwsError(model.name, MESSAGE, { members: membersOf(model) });
      const error = await call();
      const name = namesOnTheWire(model, errors).find((candidate) => candidate === error.name);
      expect(error).toBeInstanceOf(module[name ?? model.name] as ErrorClass);
      expect({ message: error.message, ...error.$metadata }).toMatchObject({
        message: MESSAGE,
        httpStatusCode: protocol === "awsQuery" ? (model.queryStatus ?? model.status) : model.status,
        requestId: "request-id",
      });
      expect(error).toMatchObject(membersOf(model));
    }
    nextError = new AwsError("AccessDenied", MESSAGE, { status: 403 });
    expect(await call()).toMatchObject({ name: "AccessDenied", message: MESSAGE, $metadata: { httpStatusCode: 403 } });
    client.destroy();
  });

  function modelOf(id: string): ServiceModel {
    const model = models.find((candidate) => candidate.id === id);
    if (model === undefined) {
      throw new Error(`there is no model of ${id}`);
    }
    return model;
  }
});

/** Some errors share a code in the query protocol, and with it in all that are compatible with it. */
function namesOnTheWire({ name, queryCode }: ErrorModel, errors: ServiceModel["errors"]): readonly string[] {
  const twins = [...errors.values()].filter((other) => queryCode !== undefined && other.queryCode === queryCode);
  return [name, ...twins.map((twin) => twin.name)];
}

/** The scalar members beside the message. */
function membersOf({ shape }: ErrorModel): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const member of shape.members) {
    if (member.name.toLowerCase() !== "message" && member.shape.type === "string") {
      members[member.name] = "h v";
    }
  }
  return members;
}

async function catchFrom(client: AnyClient, command: object): Promise<Caught> {
  try {
    await client.send(command);
  } catch (error) {
    return error as Caught;
  }
  throw new Error("the call did not fail");
}
