import type { Clock } from "../../../platform/clock/clock.ts";
import type { Ids } from "../../../platform/ids/ids.ts";
import type { SessionFacts, SessionPolicies, SessionTokens } from "./session-token.ts";

export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Issues temporary credentials; nothing is stored. */
export class SessionIssuer {
  readonly #tokens: SessionTokens;
  readonly #clock: Clock;
  readonly #ids: Ids;

  constructor(tokens: SessionTokens, clock: Clock, ids: Ids) {
    this.#tokens = tokens;
    this.#clock = clock;
    this.#ids = ids;
  }

  issue(
    subject: SessionFacts["subject"],
    durationSeconds: number,
    sessionPolicies: SessionPolicies = { arns: [] },
  ): IssuedCredentials {
    const accessKeyId = `ASIA${this.#ids.base32(16)}`;
    const issuedAt = Math.floor(this.#clock.now().getTime() / 1000);
    const expiresAt = issuedAt + durationSeconds;
    return {
      accessKeyId,
      secretAccessKey: this.#tokens.secretOf(accessKeyId),
      sessionToken: this.#tokens.seal({ accessKeyId, subject, sessionPolicies, issuedAt, expiresAt }),
      expiration: new Date(expiresAt * 1000),
    };
  }
}
