import type { RecordStore } from "../../../platform/records/record-store.ts";
import type { CallContext } from "../../operation.ts";
import { getTrainingJob, type TrainingJobBody, trainingJobKey } from "./training-job-record.ts";

/**
 * Changes a job's record from outside its run, which may write at the same time: read, change and compare-and-set until it fits.
 * What `change` throws is the operation's answer.
 */
export async function changeTrainingJob(
  records: RecordStore,
  context: CallContext,
  name: string,
  change: (body: TrainingJobBody) => TrainingJobBody,
): Promise<void> {
  for (;;) {
    const record = await getTrainingJob(records, context.scope, name);
    const body = change(record.body);
    const facts = { createdAt: record.createdAt, modifiedAt: context.now, status: body.status };
    if (
      body === record.body ||
      (await records.update(trainingJobKey(context.scope, name), record.version, body, facts))
    ) {
      return;
    }
  }
}
