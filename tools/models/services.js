/**
 * What the generator cannot read from a model: where a service's two descriptions live and how the real service words
 * its refusals.
 *
 * @typedef {object} ServiceSource
 * @property {string} id Our name of the service, and of its file.
 * @property {string} client The `@aws-sdk` package with its schemas.
 * @property {string} botocore The folder of its botocore model.
 * @property {string} constraintError Code of a failed constraint check, as the service answers it.
 * @property {readonly string[]} [outgrownShapes] botocore's names of shapes whose bounds the real service has raised since.
 * @property {readonly string[]} [unwrappedOutputs] Operations whose XML answer is the value itself, without a wrapping element.
 * @property {Readonly<Record<string, number>>} [errorStatuses] HTTP statuses of errors whose model declares none.
 */

/** @type {readonly ServiceSource[]} */
export const services = [
  { id: "sagemaker", client: "client-sagemaker", botocore: "sagemaker", constraintError: "ValidationException" },
  {
    id: "sagemaker-runtime",
    client: "client-sagemaker-runtime",
    botocore: "sagemaker-runtime",
    constraintError: "ValidationError",
    // The model says 6 MiB for requests and responses; AWS raised it to 25 MB in 2025. The operation checks what holds.
    outgrownShapes: ["BodyBlob"],
  },
  {
    id: "s3",
    client: "client-s3",
    botocore: "s3",
    constraintError: "InvalidArgument",
    unwrappedOutputs: ["GetBucketLocation"],
    errorStatuses: { NotFound: 404, NoSuchKey: 404, NoSuchBucket: 404, NoSuchUpload: 404 },
  },
  { id: "iam", client: "client-iam", botocore: "iam", constraintError: "ValidationError" },
  { id: "sts", client: "client-sts", botocore: "sts", constraintError: "ValidationError" },
  { id: "logs", client: "client-cloudwatch-logs", botocore: "logs", constraintError: "InvalidParameterException" },
  { id: "cloudwatch", client: "client-cloudwatch", botocore: "cloudwatch", constraintError: "ValidationError" },
  {
    id: "application-autoscaling",
    client: "client-application-auto-scaling",
    botocore: "application-autoscaling",
    constraintError: "ValidationException",
  },
  { id: "lambda", client: "client-lambda", botocore: "lambda", constraintError: "ValidationException" },
  { id: "api-gateway", client: "client-api-gateway", botocore: "apigateway", constraintError: "BadRequestException" },
  { id: "ecr", client: "client-ecr", botocore: "ecr", constraintError: "InvalidParameterException" },
  {
    id: "service-quotas",
    client: "client-service-quotas",
    botocore: "service-quotas",
    constraintError: "IllegalArgumentException",
  },
  { id: "ec2", client: "client-ec2", botocore: "ec2", constraintError: "InvalidParameterValue" },
];
