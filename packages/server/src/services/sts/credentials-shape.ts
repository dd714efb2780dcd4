import type { Credentials } from "@aws-sdk/client-sts";
import type { TemporaryCredentials } from "../sagemaker/deps.ts";

export function credentialsShape(issued: TemporaryCredentials): Credentials {
  return {
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    SessionToken: issued.sessionToken,
    Expiration: issued.expiration,
  };
}
