import { parseQuery, type QueryParameters } from "../rest/query-parameters.ts";
import { parseTimestamp } from "../scalars/timestamps.ts";
import { ALGORITHM, SCOPE_TERMINATOR, type Signature, type SignedRequest } from "./signature.ts";
import { basicTimestamp } from "./signature-text.ts";

/** The parameters of an Authorization header or a presigned query, before they are looked at. */
interface Parameters {
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
  readonly timestamp: string;
  readonly presigned: boolean;
  readonly expires: string | undefined;
  readonly securityToken: string | undefined;
}

/** The version 4 signature of a request, or undefined when it has none that can be read; see `signatureProblem`. */
export function readSignature(request: SignedRequest): Signature | undefined {
  const parameters = readParameters(request);
  if (parameters === undefined || problemOf(parameters) !== undefined) {
    return undefined;
  }
  const parts = (parameters.credential ?? "").split("/");
  const [date = "", region = "", service = "", terminator = ""] = parts.slice(-4);
  return {
    accessKeyId: parts.slice(0, -4).join("/"),
    date,
    region,
    service,
    scope: `${date}/${region}/${service}/${terminator}`,
    timestamp: parameters.timestamp,
    signedHeaders: (parameters.signedHeaders ?? "").toLowerCase().split(";"),
    signature: parameters.signature ?? "",
    presigned: parameters.presigned,
    expires: parameters.expires,
    securityToken: parameters.securityToken,
  };
}

/** Why a request that claims a version 4 signature has none that can be read; undefined when it claims none, or has one. */
export function signatureProblem(request: SignedRequest): string | undefined {
  const parameters = readParameters(request);
  return parameters === undefined ? undefined : problemOf(parameters);
}

function readParameters(request: SignedRequest): Parameters | undefined {
  const authorization = request.headers["authorization"];
  if (authorization?.startsWith(ALGORITHM) === true) {
    return readAuthorization(authorization.slice(ALGORITHM.length), request.headers);
  }
  if (!request.query.includes("X-Amz-Algorithm=")) {
    return undefined;
  }
  const query = parseQuery(request.query);
  return query.get("X-Amz-Algorithm")?.[0] === ALGORITHM ? readPresigned(query) : undefined;
}

function readAuthorization(text: string, headers: Readonly<Record<string, string>>): Parameters {
  const parameters: Partial<Record<string, string>> = {};
  for (const part of text.split(",")) {
    const equals = part.indexOf("=");
    parameters[part.slice(0, equals).trim()] = part.slice(equals + 1).trim();
  }
  return {
    credential: parameters["Credential"],
    signedHeaders: parameters["SignedHeaders"],
    signature: parameters["Signature"],
    timestamp: headers["x-amz-date"] ?? timestampOfDate(headers["date"]),
    presigned: false,
    expires: undefined,
    securityToken: headers["x-amz-security-token"],
  };
}

function timestampOfDate(header: string | undefined): string {
  const date = header === undefined ? undefined : parseTimestamp(header);
  return date === undefined ? "" : basicTimestamp(date);
}

function readPresigned(query: QueryParameters): Parameters {
  const first = (name: string): string | undefined => query.get(name)?.[0];
  return {
    credential: first("X-Amz-Credential"),
    signedHeaders: first("X-Amz-SignedHeaders"),
    signature: first("X-Amz-Signature"),
    timestamp: first("X-Amz-Date") ?? "",
    presigned: true,
    expires: first("X-Amz-Expires"),
    securityToken: first("X-Amz-Security-Token"),
  };
}

const SIGNATURE = /^[0-9a-f]{64}$/;

function problemOf(parameters: Parameters): string | undefined {
  return (
    missingParameters(parameters) ??
    credentialProblem(parameters.credential ?? "") ??
    (SIGNATURE.test(parameters.signature ?? "") ? undefined : "Signature must be 64 lower-case hexadecimal digits.")
  );
}

/** In AWS's words, which list all that is missing. */
function missingParameters(parameters: Parameters): string | undefined {
  const { credential, signature, signedHeaders, timestamp, presigned } = parameters;
  if (credential !== undefined && signature !== undefined && signedHeaders !== undefined && timestamp !== "") {
    return undefined;
  }
  const place = presigned ? "Query-string authentication" : "Authorization header";
  const missing = [
    ...(credential === undefined ? [`${place} requires 'Credential' parameter.`] : []),
    ...(signature === undefined ? [`${place} requires 'Signature' parameter.`] : []),
    ...(signedHeaders === undefined ? [`${place} requires 'SignedHeaders' parameter.`] : []),
    ...(timestamp === "" ? [`${place} requires existence of either a 'X-Amz-Date' or a 'Date' header.`] : []),
  ];
  return missing.join(" ");
}

function credentialProblem(credential: string): string | undefined {
  const scope = credential.split("/");
  if (scope.length < 5 || scope.includes("")) {
    return `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`;
  }
  const terminator = scope.at(-1);
  return terminator === SCOPE_TERMINATOR
    ? undefined
    : `Credential should be scoped with a valid terminator: '${SCOPE_TERMINATOR}', not '${terminator}'.`;
}
