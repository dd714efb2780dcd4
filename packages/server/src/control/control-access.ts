import { timingSafeEqual } from "node:crypto";
import { jsonResponse, type LocalRequest, type LocalResponse, type LocalRoute } from "../gateway/local/local-route.ts";

/** Who may control a server: whoever can read the token in its data directory. */
export interface ControlAccess {
  readonly token: string;
  /** An ephemeral server has nothing to lose and no directory to read, so programs on this machine need no token. */
  readonly open: boolean;
}

const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** A route that only holders of the token reach; everybody else gets 403 with the remedy. */
export function controlled(access: ControlAccess, route: LocalRoute): LocalRoute {
  return { ...route, handle: (request) => (isAllowed(access, request) ? route.handle(request) : forbidden()) };
}

function isAllowed(access: ControlAccess, { headers }: LocalRequest): boolean {
  const [, given] = /^Bearer (\S+)$/.exec(headers["authorization"] ?? "") ?? [];
  if (given !== undefined) {
    return sameText(given, access.token);
  }
  // A page in a browser can reach loopback too: it sends an origin, or after rebinding a host name of its own.
  return access.open && headers["origin"] === undefined && loopbackHost.test(headers["host"] ?? "");
}

function forbidden(): LocalResponse {
  return jsonResponse(403, {
    message: "This needs the token in <data-dir>/control-token, as Authorization: Bearer. The clary command sends it.",
  });
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
