/** Who signed a request. */
export type Caller =
  | { readonly type: "root"; readonly account: string; readonly arn: string; readonly userId: string }
  | {
      readonly type: "user";
      readonly account: string;
      readonly arn: string;
      readonly userId: string;
      readonly userName: string;
    }
  | {
      readonly type: "assumed-role";
      readonly account: string;
      /** `arn:aws:sts::A:assumed-role/<role>/<session>`. */
      readonly arn: string;
      /** `AROA…:<session>`. */
      readonly userId: string;
      /** `arn:aws:iam::A:role/<path><role>`. */
      readonly roleArn: string;
      readonly roleName: string;
      readonly sessionName: string;
      /** Policy documents that narrow the session, as JSON text. */
      readonly sessionPolicies: readonly string[];
    }
  | { readonly type: "anonymous"; readonly account: string; readonly arn: ""; readonly userId: "" };
