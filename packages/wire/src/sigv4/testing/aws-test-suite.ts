/**
 * The requests and signatures of AWS's public "Signature Version 4 test suite", as they stand in aws-c-auth
 * (tests/aws-signing-test-suite/v4). All are signed by AKIDEXAMPLE for service `service` in us-east-1.
 */
export interface SuiteVector {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Beside `host` and `x-amz-date`; repeated headers joined by `,`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Beside `host` and `x-amz-date`. */
  readonly signed: readonly string[];
  readonly body: string;
  readonly signature: string;
}

export const suite = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  host: "example.amazonaws.com",
  timestamp: "20150830T123600Z",
  scope: "20150830/us-east-1/service/aws4_request",
} as const;

type Extra = Partial<Omit<SuiteVector, "name" | "signature">>;

function vector(name: string, signature: string, { headers = {}, ...extra }: Extra = {}): SuiteVector {
  const defaults = { method: "GET", path: "/", query: "", body: "", signed: Object.keys(headers) };
  return { ...defaults, name, signature, headers, ...extra };
}

const VANILLA = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
const POST_VANILLA = "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b";
const UNRESERVED = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const TOKEN = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
const LONG_TOKEN =
  "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwt" +
  "hAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVX" +
  "AkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";
const FORM_HASH = "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e";

export const vectors: readonly SuiteVector[] = [
  vector("get-vanilla", VANILLA),
  vector("get-header-key-duplicate", "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea", {
    headers: { "my-header1": "value2,value2,value1" },
  }),
  // The suite counts each folded line as a value; HTTP has no folded lines any more (RFC 9112 §5.2).
  vector("get-header-value-multiline", "ba17b383a53190154eb5fa66a1b836cc297cc0a3d70a5d00705980573d8ff790", {
    headers: { "my-header1": "value1,value2,value3" },
  }),
  vector("get-header-value-order", "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01", {
    headers: { "my-header1": "value4,value1,value3,value2" },
  }),
  vector("get-header-value-trim", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736", {
    headers: { "my-header1": " value1", "my-header2": ' "a   b   c"' },
  }),
  vector("get-relative-normalized", VANILLA, { path: "/example/.." }),
  vector("get-relative-relative-normalized", VANILLA, { path: "/example1/example2/../.." }),
  vector("get-slash-dot-slash-normalized", VANILLA, { path: "/./" }),
  vector("get-slash-normalized", VANILLA, { path: "//" }),
  vector("get-slash-pointless-dot-normalized", "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5", {
    path: "/./example",
  }),
  vector("get-slashes-normalized", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84", {
    path: "//example//",
  }),
  vector("get-space-normalized", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741", {
    path: "/example space/",
  }),
  vector("get-unreserved", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f", {
    path: `/${UNRESERVED}`,
  }),
  vector("get-utf8", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85", { path: "/ሴ" }),
  vector("get-vanilla-empty-query-key", "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb", {
    query: "Param1=value1",
  }),
  vector("get-vanilla-query-order-encoded", "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac", {
    query: "Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
  }),
  vector("get-vanilla-query-order-key-case", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500", {
    query: "Param2=value2&Param1=value1",
  }),
  vector("get-vanilla-query-unreserved", "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197", {
    query: `${UNRESERVED}=${UNRESERVED}`,
  }),
  vector("get-vanilla-utf8-query", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04", {
    query: "ሴ=bar",
  }),
  vector("get-vanilla-with-session-token", "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8", {
    headers: { "x-amz-security-token": TOKEN },
  }),
  vector("post-vanilla", POST_VANILLA, { method: "POST" }),
  vector("post-vanilla-query", "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11", {
    method: "POST",
    query: "Param1=value1",
  }),
  vector("post-header-value-case", "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d", {
    method: "POST",
    headers: { "my-header1": "VALUE1" },
  }),
  // The token was added after signing.
  vector("post-sts-header-after", POST_VANILLA, {
    method: "POST",
    headers: { "x-amz-security-token": LONG_TOKEN },
    signed: [],
  }),
  vector("post-sts-header-before", "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead", {
    method: "POST",
    headers: { "x-amz-security-token": LONG_TOKEN },
  }),
  vector("post-x-www-form-urlencoded", "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b", {
    method: "POST",
    headers: {
      "content-length": "13",
      "content-type": "application/x-www-form-urlencoded",
      "x-amz-content-sha256": FORM_HASH,
    },
    body: "Param1=value1",
  }),
];

/** The same paths as above, signed as they are sent: what S3 does. */
export const unnormalizedVectors: readonly SuiteVector[] = [
  vector("get-relative-unnormalized", "eca7ead57bb5aa5c8e28007acd4ff04e1ff9a0ff3b237ec1554a184887ff9282", {
    path: "/example/..",
  }),
  vector("get-relative-relative-unnormalized", "dc33e0856fd4baca4d7aa2146c38958283844764f38c74252a333df5e613003b", {
    path: "/example1/example2/../..",
  }),
  vector("get-slash-pointless-dot-unnormalized", "beb03f223f7deae4146464f06e29eebbee9c8afbe15c290cf07aa8b119e14cff", {
    path: "/./example",
  }),
  vector("get-slashes-unnormalized", "87cca117541a147f6df867677d98a7d80dff226d2bfca9e4ffa899665623c7e5", {
    path: "//example//",
  }),
];

/** The suite's get-vanilla-query, signed in its query. */
export const presignedVanillaQuery =
  "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fservice%2Faws4_request" +
  "&X-Amz-Date=20150830T123600Z&X-Amz-SignedHeaders=host&X-Amz-Expires=3600" +
  "&X-Amz-Signature=e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d";
