import type * as s3 from "@aws-sdk/client-s3";
import type { Operation, OperationName, InputOf, OutputOf } from "../../operation.ts";
import type { S3Deps } from "../deps.ts";

type S3Api = typeof s3;

export type S3Operation<Name extends OperationName<S3Api>> = Operation<S3Api, Name, S3Deps>;
export type S3Input<Name extends OperationName<S3Api>> = InputOf<S3Api, Name>;
export type S3Output<Name extends OperationName<S3Api>> = OutputOf<S3Api, Name>;
