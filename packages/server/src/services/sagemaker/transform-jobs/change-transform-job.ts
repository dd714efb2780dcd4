import type { RecordStore } from "../../../platform/records/record-store.ts";
import type { CallContext } from "../../operation.ts";
import { getTransformJob, type TransformJobBody, transformJobKey } from "./transform-job-record.ts";

/**
 * Changes a job's record from outside its run, which may write at the same time: read, change and compare-and-set until it fits.
 * What `change` throws is the operation's answer.
 */
export async function changeTransformJob(
  records: RecordStore,
  context: CallContext,
  name: string,
  change: (body: TransformJobBody) => TransformJobBody,
): Promise<void> {
  for (;;) {
    const record = await getTransformJob(records, context.scope, name);
    const body = change(record.body);
    const facts = { createdAt: record.createdAt, modifiedAt: context.now, status: body.status };
    if (
      body === record.body ||
      (await records.update(transformJobKey(context.scope, name), record.version, body, facts))
    ) {
      return;
    }
  }
}
