import type { DenseTable, SparseTable } from "@clary/formats";
import type { InvocationRequest, InvocationResponse, ServingModel, ServingOptions } from "../../serving-model.ts";
import { xgboostImage } from "../image-version.ts";
import type { RowPredictor } from "../predict/flat-predictor.ts";
import { decodeRequest, type DecodedRequest } from "./decode-request.ts";
import { encodeResponse, type ResponseStyle } from "./encode-response.ts";
import { InvocationError } from "./invocation-error.ts";

/** What the server of a model needs to know of it. */
export interface ServedModel {
  readonly objective: string;
  readonly classes: number;
  readonly features: number;
  readonly predictor: RowPredictor;
}

/** Answers `/invocations` as the image's container does, with any predictor. */
export class XgboostServing implements ServingModel {
  readonly #model: ServedModel;
  readonly #style: ResponseStyle;

  constructor(model: ServedModel, options: ServingOptions) {
    this.#model = model;
    this.#style = responseStyle(options);
  }

  invoke(request: InvocationRequest): InvocationResponse {
    if (request.body.length === 0) {
      return failure(204, "");
    }
    try {
      const decoded = decodeRequest(request.contentType, request.body);
      checkFeatures(decoded, this.#model.features);
      const { values, width } = this.#predict(decoded.features);
      const { objective, classes } = this.#model;
      return encodeResponse({ values, width, objective, classes }, request.accept, this.#style);
    } catch (error) {
      if (error instanceof InvocationError) {
        return failure(error.status, error.message);
      }
      return failure(500, error instanceof Error ? error.message : String(error));
    }
  }

  #predict(features: DenseTable | SparseTable): { readonly values: Float32Array; readonly width: number } {
    try {
      return this.#model.predictor.predict(features);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InvocationError(400, `Unable to evaluate payload provided: ${reason}`);
    }
  }
}

function responseStyle({ version, environment }: ServingOptions): ResponseStyle {
  const selected = environment["SAGEMAKER_INFERENCE_OUTPUT"];
  return {
    image: xgboostImage(version),
    batch: (environment["SAGEMAKER_BATCH"] ?? "") !== "",
    ...(selected === undefined || selected === "" ? {} : { selected }),
    defaultAccept: environment["SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT"] ?? "text/csv",
  };
}

function checkFeatures({ features, format }: DecodedRequest, expected: number): void {
  const { columns: found } = features;
  if (features.rows === 0) {
    throw new InvocationError(
      415,
      `Loading ${format} data failed with Exception, please ensure data is in ${format} format`,
    );
  }
  if (format === "libsvm" || "indptr" in features) {
    if (found > expected + 1) {
      throw mismatch(
        `Feature size of ${format} inference data ${found} is larger than feature size of trained model ${expected}.`,
      );
    }
  } else if (found !== expected && found !== expected - 1) {
    throw mismatch(
      `Feature size of ${format} inference data ${found} is not consistent with feature size of trained model ${expected}.`,
    );
  }
}

function mismatch(problem: string): InvocationError {
  return new InvocationError(400, `Unable to evaluate payload provided: ${problem}`);
}

function failure(status: number, message: string): InvocationResponse {
  return { status, contentType: "text/html; charset=utf-8", body: Buffer.from(message, "utf8") };
}
