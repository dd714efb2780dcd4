import { AwsError, serialiseError, type Protocol, type WireResponse } from "@clary/wire";
import type { Logger } from "pino";
import { internalFailure } from "./errors.ts";
import type { Reached } from "./exchange.ts";
import type { ServiceModels } from "./service-models.ts";

/** A failed request's answer, and the error's code for the log. */
export interface RenderedError {
  readonly answer: WireResponse;
  readonly code: string;
}

export type RenderError = (error: unknown, reached: Reached) => Promise<RenderedError>;

/**
 * The one place where an error becomes an answer: in the form of the request's protocol, as far as it is known. What is
 * no AwsError is a fault of ours: it is logged with its stack, and the client learns only the request's id.
 */
export function errorRenderer(models: ServiceModels, log: Logger): RenderError {
  return async (error, reached) => {
    const { service, requestId = "", head } = reached;
    const protocol = reached.protocol ?? guessProtocol(reached);
    const known = error instanceof AwsError ? spelledFor(protocol, error) : internalFailure(protocol, error);
    if (!(error instanceof AwsError)) {
      log.error({ err: error, requestId, service: service?.id, operation: reached.operation?.name }, "request failed");
    }
    // A request that was for nobody we know is answered in the words of a service that speaks its protocol.
    const model = await models.load(service?.id ?? strangersService[protocol]);
    const answer = serialiseError(model, protocol, known, requestId, { method: head.method, path: head.path });
    return { answer, code: known.code };
  };
}

const strangersService: Readonly<Record<Protocol, string>> = {
  awsJson1_0: "logs",
  awsJson1_1: "logs",
  restJson1: "sagemaker-runtime",
  restXml: "s3",
  awsQuery: "sts",
  ec2Query: "ec2",
  rpcv2Cbor: "cloudwatch",
};

function guessProtocol({ head }: Reached): Protocol {
  const type = head.headers["content-type"] ?? "";
  if (type.includes("json") || head.headers["x-amz-target"] !== undefined) {
    return "awsJson1_1";
  }
  return type.includes("x-www-form-urlencoded") ? "awsQuery" : "restXml";
}

/** The evaluator says `AccessDenied`; services that speak JSON say `AccessDeniedException`, EC2 `UnauthorizedOperation`. */
function spelledFor(protocol: Protocol, error: AwsError): AwsError {
  if (error.code !== "AccessDenied" || protocol === "restXml" || protocol === "awsQuery") {
    return error;
  }
  const code = protocol === "ec2Query" ? "UnauthorizedOperation" : "AccessDeniedException";
  const { message, status, members, headers, cause } = error;
  return new AwsError(code, message, { status, members, headers, cause });
}
