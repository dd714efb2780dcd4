/** How deep documents may be nested that no reader may follow all the way down. */
const depth = 100_000;

/** What readers of text stumble over. */
export const nastyTexts: readonly string[] = [
  "",
  " ",
  "\0",
  "..",
  "../../../etc/passwd",
  "%00",
  "%zz",
  "%C0%AE",
  "a".repeat(5_000),
  "\u202Eabc",
  "\uD83D",
  "__proto__",
  "constructor",
  "null",
  "-1",
  "0",
  "1e999",
  "9".repeat(400),
  "9223372036854775808",
  "NaN",
  "true",
  "1970-01-01T00:00:00Z",
  "9999999999999999",
  "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
  "${jndi:ldap://x}",
  "'; drop table objects; --",
  "arn:aws:sagemaker:us-east-1:123456789012:model/a",
  "s3://",
  "s3://b/../../k",
  "bytes=9-1",
  "bytes=-0",
  "bytes=0-0,2-3,5-",
];

/** The same for members of documents. */
export const nastyValues: readonly unknown[] = [
  ...nastyTexts,
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 53,
  -(2 ** 63),
  1e308,
  [],
  {},
  [[[[]]]],
  { a: { b: { c: null } } },
  Array.from({ length: 2_000 }, (_, index) => ({ Key: `k${index}`, Value: "v" })),
];

/** Documents that are wrong as a whole. */
export const nastyDocuments: readonly Buffer[] = [
  "",
  "{",
  "}",
  "null",
  "[]",
  '"text"',
  "[".repeat(depth),
  '{"a":'.repeat(depth),
  `${"[".repeat(depth)}${"]".repeat(depth)}`,
  "<a>".repeat(depth),
  `${"<a>".repeat(depth)}${"</a>".repeat(depth)}`,
  "<",
  "<?xml version='1.0'?>",
  '<!DOCTYPE lolz [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><a>&c;</a>',
  "&".repeat(depth),
  "a=b&".repeat(depth),
  `Action=GetRole&Version=2010-05-08&${"RoleName.member.1.".repeat(20_000)}=1`,
  `Action=CreateUser&Version=2010-05-08&UserName=a&Tags.member.999999999.Key=a`,
  '{"MaxResults":1e400}',
  `{"MaxResults":${"9".repeat(10_000)}}`,
  '{"__proto__":{"MaxResults":1},"constructor":{}}',
  "\uFEFF{}",
]
  .map((text) => Buffer.from(text))
  .concat([
    Buffer.from([0xff, 0xfe, 0xfd, 0x00]),
    Buffer.from('{"a":"\xff\xc0\x80"}', "latin1"),
    // CBOR: arrays in arrays, a map that never ends, a text of 2^64 bytes.
    Buffer.alloc(depth, 0x81),
    Buffer.alloc(depth, 0xbf),
    Buffer.from("bbffffffffffffffff", "hex"),
    Buffer.from("a161617bffffffffffffffff", "hex"),
    Buffer.alloc(1_000, 0x9f),
  ]);

/** Bodies that say they are aws-chunked. */
export const nastyChunks: readonly Buffer[] = [
  "0\r\n\r\n",
  "5\r\nhello\r\n",
  "5\r\nhel",
  "ffffffffffffffff\r\nhello",
  "-5\r\nhello\r\n0\r\n\r\n",
  "5;chunk-signature=zz\r\nhello\r\n0;chunk-signature=zz\r\n\r\n",
  `5;${"a".repeat(100_000)}\r\nhello\r\n0\r\n\r\n`,
  "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n",
  "5\r\nhello\r\n0\r\nx-amz-checksum-crc32\r\n",
  `0\r\n${"x-amz-meta-a:b\r\n".repeat(10_000)}\r\n`,
  "z",
  "",
].map((text) => Buffer.from(text));
