import { expect, it } from "vitest";
import type { LocalRequest } from "../gateway/local/local-route.ts";
import { seededIds } from "../platform/ids/seeded-ids.ts";
import type { RoleSession } from "../services/sagemaker/deps.ts";
import { ServedSessions } from "./job-credentials.ts";

const session: RoleSession = {
  allows: async () => true,
  credentials: async () => ({ accessKeyId: "ASIA", secretAccessKey: "s", sessionToken: "t", expiration: new Date(0) }),
};

it("serves a workload its role's credentials until it ends, and nobody else", async () => {
  const served = new ServedSessions(seededIds("1"));
  served.listening("http://127.0.0.1:4747");
  const { environment, release } = await served.serve(session);
  expect(environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"]).toBe("http://127.0.0.1:4747/_clary/job-credentials");

  const ask = async (token: string): Promise<number> => {
    const request: LocalRequest = {
      method: "GET",
      path: served.route().path,
      query: "",
      headers: { authorization: token },
      sourceIp: "127.0.0.1",
      cancellation: { signal: new AbortController().signal },
      body: async () => Buffer.alloc(0),
    };
    return (await served.route().handle(request)).status;
  };
  const token = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] ?? "";
  expect(await ask(token)).toBe(200);
  expect(await ask(`${token}0`)).toBe(403);
  release();
  expect(await ask(token)).toBe(403);
});
