import { AwsError } from "@clary/wire";
import type { RequestHead } from "../request-head.ts";
import { jsonResponse, type LocalRequest, type LocalResponse, type LocalRoute } from "./local-route.ts";

/** Our own addresses, beside those of AWS. */
export interface LocalRouter {
  /** Whether a request is for us and no service. */
  owns(head: RequestHead): boolean;
  answer(request: LocalRequest): Promise<LocalResponse>;
}

/** No bucket can be called so (names begin with a letter or a digit), so no S3 request begins with it. */
const ownPrefix = "/_clary/";

/**
 * @param hosts Names beside loopback ones under which this server may be addressed; undefined for any, on servers that
 * are meant to be reached from elsewhere.
 */
export function localRouter(routes: readonly LocalRoute[], hosts: readonly string[] | undefined): LocalRouter {
  const byPath = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  const elsewhere = new Set(routes.map(({ path }) => path).filter((path) => !path.startsWith(ownPrefix)));

  return {
    owns: (head) => head.path.startsWith(ownPrefix) || (elsewhere.has(head.path) && isPlain(head)),
    async answer(request) {
      const refusal = refusalOf(request, hosts);
      if (refusal !== undefined) {
        return problem(403, refusal);
      }
      const method = request.method === "HEAD" ? "GET" : request.method;
      const route = byPath.get(`${method} ${request.path}`);
      if (route === undefined) {
        const known = routes.some(({ path }) => path === request.path);
        return known ? problem(405, `${request.path} does not answer ${method}.`) : problem(404, "No such address.");
      }
      try {
        return await route.handle(request);
      } catch (error) {
        if (error instanceof AwsError) {
          return problem(error.status, error.message);
        }
        throw error;
      }
    },
  };
}

/** `GET /metrics` without signature or parameters; with either it is a listing of the bucket `metrics`. */
function isPlain({ method, query, headers }: RequestHead): boolean {
  return (method === "GET" || method === "HEAD") && query === "" && headers["authorization"] === undefined;
}

/**
 * A web page that the user has open must not command the server: a browser names the page's origin, and a page that made
 * its own name lead to this machine (DNS rebinding) gives itself away by the name in Host.
 */
function refusalOf({ headers }: RequestHead, hosts: readonly string[] | undefined): string | undefined {
  const { host = "", origin } = headers;
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    return "Requests from other web pages are refused.";
  }
  const name = host.toLowerCase().replace(/:\d+$/, "");
  const known = hosts === undefined || isLoopbackName(name) || hosts.includes(name);
  return known ? undefined : `This server is not called ${name}.`;
}

function isLoopbackName(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost") || name === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(name);
}

function problem(status: number, message: string): LocalResponse {
  return jsonResponse(status, { message });
}
