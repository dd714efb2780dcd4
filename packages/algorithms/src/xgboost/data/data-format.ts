import { UserError } from "../../failures.ts";
import type { XgboostImage } from "../image-version.ts";
import { trainingContentTypes } from "../manifest/xgboost-manifest.ts";

/** How a channel's files are read. */
export type DataFormat = "csv" | "libsvm" | "parquet" | "recordio-protobuf";

const FORMATS: Readonly<Record<string, DataFormat>> = {
  libsvm: "libsvm",
  "text/libsvm": "libsvm",
  "text/x-libsvm": "libsvm",
  csv: "csv",
  "text/csv": "csv",
  parquet: "parquet",
  "application/x-parquet": "parquet",
  "recordio-protobuf": "recordio-protobuf",
  "application/x-recordio-protobuf": "recordio-protobuf",
};

/** The format that a channel's ContentType names; LIBSVM when it gives none. Throws UserError. */
export function dataFormat(contentType: string | undefined, image: XgboostImage): DataFormat {
  if (contentType === undefined) {
    return "libsvm";
  }
  const [type = "", ...parameters] = contentType
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const format = FORMATS[type];
  const known = image.firstGeneration ? ["libsvm", "csv"] : Object.values(FORMATS);
  if (format === undefined || !known.includes(format)) {
    throw new UserError(`${contentType} is not an accepted ContentType: ${trainingContentTypes.join(", ")}.`);
  }
  if (parameters.some((parameter) => /^label_size\s*=/.test(parameter) && !/=\s*1$/.test(parameter))) {
    throw new UserError(
      `${contentType} is not an accepted csv ContentType. Optional parameter label_size must be equal to 1`,
    );
  }
  return format;
}
