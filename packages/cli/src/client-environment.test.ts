import { describe, expect, it } from "vitest";
import { clientEnvironment, type ExecSession, variablesToRemove } from "./client-environment.ts";

const session: ExecSession = {
  credentialsPath: "/_clary/credentials",
  credentialsToken: "token",
  proxy: { username: "clary-1", password: "secret" },
  caBundle: "/data/ca-bundle.pem",
  emptyFile: "/data/empty",
  region: "eu-west-1",
};
const server = { endpoint: "http://127.0.0.1:4747", port: 4747 };

describe("clientEnvironment", () => {
  it("points clients at the server, by address and by proxy", () => {
    const variables = clientEnvironment(server, session, {});
    expect(variables).toMatchObject({
      AWS_ENDPOINT_URL: "http://127.0.0.1:4747",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:4747/_clary/credentials",
      HTTPS_PROXY: "http://clary-1:secret@127.0.0.1:4747",
      AWS_CA_BUNDLE: "/data/ca-bundle.pem",
      AWS_SHARED_CREDENTIALS_FILE: "/data/empty",
    });
  });

  it("keeps the hosts that the user reaches without a proxy", () => {
    const { NO_PROXY, no_proxy } = clientEnvironment(server, session, { NO_PROXY: "intranet.example, 10.0.0.1" });
    expect(NO_PROXY).toBe("intranet.example,10.0.0.1,localhost,127.0.0.1,::1");
    expect(no_proxy).toBe(NO_PROXY);
  });
});

describe("variablesToRemove", () => {
  it("adds the endpoints of single services that the environment has, if a shell can name them", () => {
    const removed = variablesToRemove({ AWS_ENDPOINT_URL_S3: "x", "AWS_ENDPOINT_URL_;true": "x", AWS_REGION: "x" });
    expect(removed).toEqual(expect.arrayContaining(["AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL_S3"]));
    expect(removed).not.toEqual(expect.arrayContaining(["AWS_REGION"]));
    expect(removed.join(" ")).toMatch(/^[A-Z0-9_ ]+$/);
  });
});
