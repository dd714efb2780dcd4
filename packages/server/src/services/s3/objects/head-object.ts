import { requireObject } from "../shared/require-object.ts";
import type { S3Operation } from "../shared/s3-operation.ts";
import { selectBytes } from "./byte-selection.ts";
import { objectPermission } from "./object-permissions.ts";
import { checkOverrides, readAnswer } from "./read-answer.ts";
import { checkReadConditions } from "./read-conditions.ts";
import { refuseUnsupportedHeaders } from "./stored-attributes.ts";

/** What GetObject would say, without the bytes. There is no action `s3:HeadObject`. */
export const headObject: S3Operation<"HeadObject"> = {
  name: "HeadObject",

  permissions: (input) => objectPermission("GetObject", input),

  async run(input, context, deps) {
    refuseUnsupportedHeaders(input);
    checkOverrides(input, context);
    const info = await requireObject(deps, input, context);
    checkReadConditions(input, info);
    return readAnswer(input, info, selectBytes(input, info));
  },
};
