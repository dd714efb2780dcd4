import type { AwsError, Violation } from "@clary/wire";
import type { Caller } from "./caller.ts";
import type { Scope } from "../platform/scope.ts";

/** What an operation may know about the request that called it; no HTTP objects, no sockets. */
export interface CallContext {
  readonly requestId: string;
  /** Account and region that every record of this call belongs to. */
  readonly scope: Scope;
  readonly caller: Caller;
  /** When the request arrived, by the injected clock. */
  readonly now: Date;
  readonly userAgent: string;
  readonly sourceIp: string;
  /** `http://host:port` as the client named us, for answers that carry addresses. */
  readonly origin: string;
  /** Aborts when the client goes away or the server stops. */
  readonly signal: AbortSignal;
}

/** One action on one resource that the caller must be allowed before the operation runs. */
export interface Permission {
  /** `service:Action`. */
  readonly action: string;
  /** An ARN, or `*` for actions without a resource. */
  readonly resource: string;
  /** Condition keys of this request, beside the global ones that the gateway adds (`iam:PassedToService` …). */
  readonly conditionKeys?: Readonly<Record<string, readonly string[]>>;
}

/** Members that the model requires have been checked before an operation runs, so their types lose `undefined`. */
export type Checked<T> = T extends Date | Uint8Array | NodeJS.ReadableStream | ((...args: never[]) => unknown)
  ? T
  : T extends readonly (infer E)[]
    ? Checked<E>[]
    : T extends object
      ? {
          [K in keyof T]: undefined extends T[K]
            ? Record<never, never> extends Pick<T, K>
              ? Checked<T[K]>
              : Checked<Exclude<T[K], undefined>>
            : Checked<T[K]>;
        }
      : T;

/** The names of a client package's operations: `CreateModelCommand` → `CreateModel`. */
export type OperationName<Api> = { [K in keyof Api]: K extends `${infer Name}Command` ? Name : never }[keyof Api] &
  string;

type CommandOf<Api, Name extends string> = `${Name}Command` extends keyof Api ? Api[`${Name}Command`] : never;

/** The input of an operation of a client package (`typeof import("@aws-sdk/client-sagemaker")`), after the constraint check. */
export type InputOf<Api, Name extends string> =
  CommandOf<Api, Name> extends abstract new (...args: never[]) => { readonly input: infer Input }
    ? Checked<Input>
    : never;

/** The output of an operation of a client package, without the client's own `$metadata`. */
export type OutputOf<Api, Name extends string> =
  CommandOf<Api, Name> extends abstract new (...args: never[]) => {
    resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: infer Output }>;
  }
    ? Omit<Output & object, "$metadata">
    : never;

/** One operation of a service: its name, who may call it, and what it means. */
export interface Operation<Api, Name extends OperationName<Api>, Deps> {
  readonly name: Name;
  permissions(input: InputOf<Api, Name>, context: CallContext): readonly Permission[];
  run(input: InputOf<Api, Name>, context: CallContext, deps: Deps): Promise<OutputOf<Api, Name>>;
}

/** An operation with its dependencies bound, as the gateway calls it. Types were checked where it was defined. */
export interface BoundOperation {
  readonly name: string;
  permissions(input: unknown, context: CallContext): readonly Permission[];
  run(input: unknown, context: CallContext): Promise<object>;
}

/** A service as the gateway sees it. */
export interface Service {
  /** Name of its model: `sagemaker`, `sagemaker-runtime`, `s3`, `iam`, `sts`, `logs`. */
  readonly id: string;
  readonly operations: ReadonlyMap<string, BoundOperation>;
  /** The resource policy that takes part in a decision on `resource` (bucket policies); absent when the service has none. */
  readonly resourcePolicy?: (resource: string, context: CallContext) => Promise<string | undefined>;
  /**
   * What is said of an input that breaks its model, by services whose words are not the common ones (S3); undefined lets
   * the operation run, which says it itself. Absent: the common text, `1 validation error detected: …`.
   */
  readonly constraintError?: (violations: readonly Violation[]) => AwsError | undefined;
}

/** Any operation that can be bound to `Deps`; the list given to `defineService` has different names and inputs. */
export interface AnyOperation<Deps> {
  readonly name: string;
  // Method syntax on purpose: parameters are bivariant, so operations with different inputs fit one list.
  permissions(input: never, context: CallContext): readonly Permission[];
  run(input: never, context: CallContext, deps: Deps): Promise<object>;
}

/** Binds operations to their dependencies. Throws when two operations have one name. */
export function defineService<Deps>(
  id: string,
  operations: readonly AnyOperation<Deps>[],
  deps: Deps,
  options: Pick<Service, "resourcePolicy" | "constraintError"> = {},
): Service {
  const bound = new Map<string, BoundOperation>();
  for (const operation of operations) {
    if (bound.has(operation.name)) {
      throw new Error(`${id}: two operations are named ${operation.name}`);
    }
    bound.set(operation.name, {
      name: operation.name,
      permissions: (input, context) => operation.permissions(input as never, context),
      run: (input, context) => operation.run(input as never, context, deps),
    });
  }
  return { id, operations: bound, ...options };
}
