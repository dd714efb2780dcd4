import type { RunningServer } from "./running-server.ts";

/** What `POST /_clary/exec` answers: one program's right to act as a principal. */
export interface ExecSession {
  /** Path on the server, for `AWS_CONTAINER_CREDENTIALS_FULL_URI`. */
  readonly credentialsPath: string;
  /** For `AWS_CONTAINER_AUTHORIZATION_TOKEN`. */
  readonly credentialsToken: string;
  readonly proxy: { readonly username: string; readonly password: string };
  /** A PEM file with the system's certificate authorities and ours. */
  readonly caBundle: string;
  /** An empty file that stands for the user's AWS configuration, which must not leak in. */
  readonly emptyFile: string;
  readonly region: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of a real AWS account that would win over ours, or that no other endpoint than AWS's own goes with. */
const foreignVariables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_ROLE_ARN",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_USE_DUALSTACK_ENDPOINT",
] as const;

/** The variables to take out of an environment: some by name, and one for each service (`AWS_ENDPOINT_URL_S3`) that it has. */
export function variablesToRemove(current: Environment): readonly string[] {
  return [...foreignVariables, ...Object.keys(current).filter((name) => /^AWS_ENDPOINT_URL_\w+$/.test(name))];
}

const bundleVariables = [
  "AWS_CA_BUNDLE",
  "REQUESTS_CA_BUNDLE",
  "SSL_CERT_FILE",
  "CURL_CA_BUNDLE",
  "NODE_EXTRA_CA_CERTS",
  "GIT_SSL_CAINFO",
  "PIP_CERT",
] as const;

/**
 * The variables under which an unedited AWS client talks to a server. `AWS_ENDPOINT_URL` serves clients that know it; the
 * proxy serves older ones and the SageMaker SDK, whose STS address is fixed in its code. The endpoint names 127.0.0.1,
 * because on host names some clients choose virtual-host S3.
 */
export function clientEnvironment(
  server: Pick<RunningServer, "endpoint" | "port">,
  session: ExecSession,
  current: Environment,
): Record<string, string> {
  const proxy = `http://${session.proxy.username}:${session.proxy.password}@127.0.0.1:${server.port}`;
  const noProxy = joinHosts(current["NO_PROXY"] ?? current["no_proxy"], ["localhost", "127.0.0.1", "::1"]);
  return {
    AWS_REGION: session.region,
    AWS_DEFAULT_REGION: session.region,
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: server.endpoint + session.credentialsPath,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: session.credentialsToken,
    AWS_SHARED_CREDENTIALS_FILE: session.emptyFile,
    AWS_CONFIG_FILE: session.emptyFile,
    AWS_EC2_METADATA_DISABLED: "true",
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    ...Object.fromEntries(bundleVariables.map((name) => [name, session.caBundle])),
  };
}

function joinHosts(current: string | undefined, added: readonly string[]): string {
  const hosts = (current ?? "")
    .split(",")
    .map((host) => host.trim())
    .filter((host) => host !== "");
  return [...new Set([...hosts, ...added])].join(",");
}
