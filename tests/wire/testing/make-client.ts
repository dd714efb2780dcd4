import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";
import type { Protocol } from "@clary/wire";

/** A client of any service, as far as the gate uses one. */
export interface AnyClient {
  send(command: object): Promise<Record<string, unknown>>;
  destroy(): void;
}

type ClientClass = new (options: object) => AnyClient;
type CommandClass = new (input: object) => object;

export const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };

const protocols: Partial<Record<Protocol, unknown>> = {
  awsQuery: AwsQueryProtocol,
  rpcv2Cbor: AwsSmithyRpcV2CborProtocol,
};

/** The client of a package, pointed at a local port and made as simple as its settings allow. */
export function makeClient(module: Readonly<Record<string, unknown>>, port: number, protocol?: Protocol): AnyClient {
  const name = Object.keys(module).find((key) => key.endsWith("Client") && key !== "__Client");
  const Client = module[name ?? ""] as ClientClass;
  return new Client({
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials,
    disableHostPrefix: true,
    maxAttempts: 1,
    forcePathStyle: true,
    disableS3ExpressSessionAuth: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(protocol === undefined ? {} : { protocol: protocols[protocol] }),
  });
}

/** The command of an operation. Throws when the package has none. */
export function makeCommand(module: Readonly<Record<string, unknown>>, operation: string, input: object): object {
  const Command = module[`${operation}Command`] as CommandClass | undefined;
  if (Command === undefined) {
    throw new Error(`the client package has no ${operation}Command`);
  }
  return new Command(input);
}
