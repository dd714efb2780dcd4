/** How a protocol puts one operation's members on the wire. A property of the request: CloudWatch is called in three. */
export type Protocol = "awsJson1_0" | "awsJson1_1" | "restJson1" | "restXml" | "awsQuery" | "ec2Query" | "rpcv2Cbor";

/** What tells a service apart on the wire; also the entries of the models' index. */
export interface ServiceFacts {
  readonly id: string;
  /** AWS's own name (`SageMaker Runtime`). */
  readonly serviceId: string;
  readonly protocols: readonly Protocol[];
  /** First half of `X-Amz-Target`, and the service name in the path of rpcv2Cbor; empty for REST and query services. */
  readonly targetPrefix: string;
  /** Service name in a SigV4 scope. */
  readonly signingName: string;
  /** Host names start with one of these: `api.sagemaker` + `.us-east-1.amazonaws.com`. */
  readonly endpointPrefixes: readonly string[];
  /** Host name of a service that has one for all regions (`iam.amazonaws.com`). */
  readonly globalEndpoint?: string;
  /** `Version` parameter of query requests. */
  readonly apiVersion: string;
  /** Empty when no answer of the service carries one. */
  readonly xmlNamespace: string;
  /** Whether JSON and CBOR errors repeat the code of the query protocol in `x-amzn-query-error`. */
  readonly queryCompatible: boolean;
  /** Error code of a request that breaks a constraint. */
  readonly constraintError: string;
}

/** An entry of the models' index: enough to route a request before its service's model is loaded. */
export interface ServiceIndexEntry extends ServiceFacts {
  readonly operations: readonly string[];
}

/** `index.json` beside the model files. */
export interface ServiceIndexFile {
  readonly services: readonly ServiceIndexEntry[];
}

/** A service model as the generator writes it. Shapes refer to each other by their index in `shapes`. */
export interface ServiceModelFile extends ServiceFacts {
  readonly operations: readonly OperationFile[];
  readonly errors: readonly ErrorFile[];
  readonly shapes: readonly ShapeFile[];
}

export interface HttpBinding {
  readonly method: string;
  /** `/{Bucket}/{Key+}`: a label takes one segment, a label with `+` the rest of the path. */
  readonly path: string;
  /** Query parameters that are part of the operation's address (`uploads`, `list-type` = `2`). */
  readonly query?: Readonly<Record<string, string>>;
  readonly status: number;
}

export interface OperationFile {
  readonly name: string;
  readonly http?: HttpBinding;
  readonly hostPrefix?: string;
  readonly unsigned?: boolean;
  readonly checksumRequired?: boolean;
  readonly unwrappedOutput?: boolean;
  readonly input?: number;
  readonly output?: number;
}

export interface ErrorFile {
  readonly name: string;
  readonly fault: "client" | "server";
  readonly status: number;
  /** Code and status in awsQuery, where they differ from the shape's name. */
  readonly queryCode?: string;
  readonly queryStatus?: number;
  readonly shape: number;
}

/** Where a member goes, and under which name. */
export interface MemberTraits {
  readonly ec2QueryName?: string;
  readonly eventHeader?: boolean;
  readonly eventPayload?: boolean;
  readonly hostLabel?: boolean;
  readonly httpHeader?: string;
  readonly httpLabel?: boolean;
  readonly httpPayload?: boolean;
  readonly httpPrefixHeaders?: string;
  readonly httpQuery?: string;
  readonly httpQueryParams?: boolean;
  readonly httpResponseCode?: boolean;
  readonly idempotencyToken?: boolean;
  readonly jsonName?: string;
  readonly mediaType?: string;
  readonly sensitive?: boolean;
  readonly xmlAttribute?: boolean;
  readonly xmlFlattened?: boolean;
  readonly xmlName?: string;
  /** Prefix and address; the prefix is empty for a default namespace. */
  readonly xmlNamespace?: readonly [prefix: string, uri: string];
  /** Set on members of an event stream that are errors. */
  readonly error?: boolean;
}

interface MemberFile extends MemberTraits {
  readonly shape: number;
}

export interface NamedMemberFile extends MemberFile {
  readonly name: string;
  readonly required?: boolean;
}

/** Length for strings, blobs, lists and maps; value for numbers. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

export interface StructureFacts {
  readonly type: "structure" | "union";
  readonly name: string;
  /** Name of the root element where it is not the structure's. */
  readonly xmlName?: string;
  readonly eventStream?: boolean;
  readonly sensitive?: boolean;
  /** Set on unions that refuse a second member; clients may send two to the others. */
  readonly exclusive?: boolean;
}

export type TimestampFormat = "date-time" | "http-date" | "epoch-seconds";

export interface ScalarFile extends Range {
  readonly type:
    | "string"
    | "integer"
    | "long"
    | "float"
    | "double"
    | "number"
    | "boolean"
    | "timestamp"
    | "blob"
    | "document"
    | "bigInteger"
    | "bigDecimal";
  /** Of timestamps that do not follow their protocol's default. */
  readonly format?: TimestampFormat;
  readonly streaming?: boolean;
  readonly sensitive?: boolean;
  readonly mediaType?: string;
  readonly pattern?: string;
  /** The pattern as the service prints it, where that differs. */
  readonly printedPattern?: string;
  readonly enum?: readonly string[];
}

export type ShapeFile =
  | (StructureFacts & { readonly members: readonly NamedMemberFile[] })
  | ({ readonly type: "list"; readonly member: MemberFile } & Range)
  | ({ readonly type: "map"; readonly key: MemberFile; readonly value: MemberFile } & Range)
  | ScalarFile;
