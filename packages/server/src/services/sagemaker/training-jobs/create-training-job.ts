import { manifests } from "@clary/algorithms/manifests";
import type { ResolvedImage } from "../../../platform/images/image-catalog.ts";
import type { Operation } from "../../operation.ts";
import type { SageMakerApi } from "../api.ts";
import { trainingJobArn } from "../arns.ts";
import { passRole } from "../assume-role.ts";
import type { SageMakerDeps } from "../deps.ts";
import { tagPermissions } from "../tags/tag-permissions.ts";
import { tagCreation } from "../tags/tag-store.ts";
import { checkTrainingJob } from "./check-training-job.ts";
import { trainingJobExists } from "./errors.ts";
import { type CreateTrainingJobRequest, type TrainingJobBody, trainingJobKey } from "./training-job-record.ts";
import { enter, statusMessages } from "./training-job-status.ts";

/** Records a training job and hands it to the supervisor; it runs on its own from there. */
export const createTrainingJob: Operation<SageMakerApi, "CreateTrainingJob", SageMakerDeps> = {
  name: "CreateTrainingJob",

  permissions(input, context) {
    const arn = trainingJobArn(context.scope, input.TrainingJobName);
    return [
      { action: "sagemaker:CreateTrainingJob", resource: arn },
      passRole(input.RoleArn),
      ...tagPermissions(arn, input.Tags),
    ];
  },

  async run(input, context, deps) {
    const arn = trainingJobArn(context.scope, input.TrainingJobName);
    const key = trainingJobKey(context.scope, input.TrainingJobName);
    if ((await deps.records.get(key)) !== undefined) {
      throw trainingJobExists(arn);
    }
    const image = await checkTrainingJob(input, context.scope, deps);
    const body = newTrainingJob(input, image, context.now);
    const created = await deps.records.batch([
      { type: "create", key, body, createdAt: context.now, modifiedAt: context.now, status: body.status },
      ...tagCreation(context.scope, arn, input.Tags, context.now),
    ]);
    if (!created) {
      throw trainingJobExists(arn);
    }
    deps.firstDescribes.expect(key);
    deps.jobs.submit(key);
    return { TrainingJobArn: arn };
  },
};

function newTrainingJob(input: CreateTrainingJobRequest, image: ResolvedImage, now: Date): TrainingJobBody {
  const { Tags: _, ...request } = input;
  const job: TrainingJobBody = {
    attempt: 0,
    request,
    metricDefinitions: metricDefinitions(input, image),
    status: "InProgress",
    transitions: [],
  };
  return enter(job, "Starting", statusMessages.Starting, now);
}

/** What the request defines, then what belongs to the image, as AWS fills in for its built-in algorithms. */
function metricDefinitions(
  input: CreateTrainingJobRequest,
  image: ResolvedImage,
): TrainingJobBody["metricDefinitions"] {
  const own = input.AlgorithmSpecification?.MetricDefinitions ?? [];
  const names = new Set(own.map((definition) => definition.Name));
  const builtIn = manifests[image.algorithm]?.metricDefinitions(image.version) ?? [];
  return [
    ...own,
    ...builtIn.filter(({ name }) => !names.has(name)).map(({ name, regex }) => ({ Name: name, Regex: regex })),
  ];
}
