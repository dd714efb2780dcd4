import type { HttpRequest } from "@smithy/core/protocols";

/** A request as a client made it, before it is signed. */
export interface RecordedRequest {
  /** `<service>.<operation>`, for reports. */
  readonly name: string;
  /** As in the scope of a signature. */
  readonly service: string;
  readonly method: string;
  readonly path: string;
  /** Encoded, without the question mark. */
  readonly query: string;
  /** Without those of the signature and of the connection. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

interface Sender {
  readonly config: object;
  send(command: never): Promise<unknown>;
}

/** Has a client of the SDK make a request, and keeps it from being sent. */
export async function recordRequest(
  service: string,
  makeClient: (options: object) => Sender,
  command: object,
): Promise<RecordedRequest> {
  let recorded: HttpRequest | undefined;
  const requestHandler = {
    handle(request: HttpRequest): Promise<never> {
      recorded = request;
      return Promise.reject(new Error("recorded"));
    },
    metadata: { handlerProtocol: "http/1.1" },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
  const credentials = { accessKeyId: "recorded", secretAccessKey: "recorded" };
  const endpoint = "http://127.0.0.1:1";
  const client = makeClient({ region: "us-east-1", endpoint, credentials, requestHandler, maxAttempts: 1 });
  await client.send(command as never).catch(() => undefined);
  if (recorded === undefined) {
    throw new Error(`no request was made for ${command.constructor.name}`);
  }
  return plainRequest(service, command.constructor.name.replace(/Command$/, ""), recorded);
}

const ofSignatureOrConnection =
  /^(authorization|x-amz-date|x-amz-content-sha256|x-amz-security-token|host|content-length|amz-sdk-.*|expect)$/;

async function plainRequest(service: string, operation: string, request: HttpRequest): Promise<RecordedRequest> {
  const headers = Object.entries(request.headers).filter(([name]) => !ofSignatureOrConnection.test(name.toLowerCase()));
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    [value ?? ""].flat().map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(each)}`),
  );
  return {
    name: `${service}.${operation}`,
    service,
    method: request.method,
    path: request.path,
    query: query.join("&"),
    headers: Object.fromEntries(headers),
    body: await bytesOf(request.body),
  };
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) {
    return Buffer.alloc(0);
  }
  if (typeof body === "string" || body instanceof Uint8Array) {
    return Buffer.from(body);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
