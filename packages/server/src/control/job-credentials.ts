import { jsonResponse, type LocalRoute } from "../gateway/local/local-route.ts";
import type { Ids } from "../platform/ids/ids.ts";
import type { JobCredentials, RoleSession } from "../services/sagemaker/deps.ts";

const path = "/_clary/job-credentials";

/**
 * Serves each workload the temporary credentials of its role by the protocol of AWS's containers. A token is known to one
 * workload and dies with it; after a restart the workload's new attempt gets a new one.
 */
export class ServedSessions {
  readonly #ids: Ids;
  readonly #sessions = new Map<string, RoleSession>();
  #endpoint = "";

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  /** Where the server listens; known before any workload starts. */
  listening(endpoint: string): void {
    this.#endpoint = endpoint;
  }

  readonly serve: JobCredentials = async (session) => {
    const token = this.#ids.hex(64);
    this.#sessions.set(token, session);
    return {
      environment: {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: this.#endpoint + path,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
      },
      release: () => void this.#sessions.delete(token),
    };
  };

  route(): LocalRoute {
    return {
      method: "GET",
      path,
      handle: async ({ headers }) => {
        const session = this.#sessions.get(headers["authorization"] ?? "");
        if (session === undefined) {
          return jsonResponse(403, { message: "The token is not valid." });
        }
        const { accessKeyId, secretAccessKey, sessionToken, expiration } = await session.credentials();
        return jsonResponse(200, {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secretAccessKey,
          Token: sessionToken,
          Expiration: expiration.toISOString(),
        });
      },
    };
  }
}
