import type { PolicyDocument } from "./policy-document.ts";

/** Resources of Studio and of human review, on which the policy grants less than everything. */
const restrictedResources = ["domain", "user-profile", "app", "space", "partner-app", "flow-definition"].map(
  (kind) => `arn:aws:sagemaker:*:*:${kind}/*`,
);

const sageMakerNames = ["SageMaker", "Sagemaker", "sagemaker"];

const namedAfterSageMaker = (prefix: string): string[] => sageMakerNames.map((name) => `${prefix}*${name}*`);

const sageMaker = [
  { Effect: "Allow", Action: "sagemaker:*", NotResource: restrictedResources },
  {
    Effect: "Allow",
    Action: ["sagemaker:Describe*", "sagemaker:List*", "sagemaker:CreatePresignedDomainUrl"],
    Resource: "*",
  },
  {
    Effect: "Allow",
    Action: "sagemaker:*",
    Resource: "arn:aws:sagemaker:*:*:flow-definition/*",
    Condition: { StringEqualsIfExists: { "sagemaker:WorkteamType": ["private-crowd", "vendor-crowd"] } },
  },
];

/** What jobs, endpoints and notebooks need of the services beside SageMaker, on any resource. */
const supportingServices = {
  Effect: "Allow",
  Action: [
    "application-autoscaling:DeleteScalingPolicy",
    "application-autoscaling:DeleteScheduledAction",
    "application-autoscaling:DeregisterScalableTarget",
    "application-autoscaling:Describe*",
    "application-autoscaling:PutScalingPolicy",
    "application-autoscaling:PutScheduledAction",
    "application-autoscaling:RegisterScalableTarget",
    "aws-marketplace:ViewSubscriptions",
    "cloudformation:GetTemplateSummary",
    "cloudwatch:DeleteAlarms",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetMetricData",
    "cloudwatch:GetMetricStatistics",
    "cloudwatch:ListMetrics",
    "cloudwatch:PutMetricAlarm",
    "cloudwatch:PutMetricData",
    "codecommit:BatchGetRepositories",
    "codecommit:CreateRepository",
    "codecommit:GetRepository",
    "codecommit:List*",
    "cognito-idp:AdminAddUserToGroup",
    "cognito-idp:AdminCreateUser",
    "cognito-idp:AdminDeleteUser",
    "cognito-idp:AdminDisableUser",
    "cognito-idp:AdminEnableUser",
    "cognito-idp:AdminRemoveUserFromGroup",
    "cognito-idp:CreateGroup",
    "cognito-idp:CreateUserPool",
    "cognito-idp:CreateUserPoolClient",
    "cognito-idp:CreateUserPoolDomain",
    "cognito-idp:Describe*",
    "cognito-idp:List*",
    "cognito-idp:UpdateUserPool",
    "cognito-idp:UpdateUserPoolClient",
    "ec2:CreateNetworkInterface",
    "ec2:CreateNetworkInterfacePermission",
    "ec2:CreateVpcEndpoint",
    "ec2:DeleteNetworkInterface",
    "ec2:DeleteNetworkInterfacePermission",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcEndpoints",
    "ec2:DescribeVpcs",
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:CreateRepository",
    "ecr:Describe*",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
    "ecr:StartImageScan",
    "elasticfilesystem:DescribeFileSystems",
    "elasticfilesystem:DescribeMountTargets",
    "fsx:DescribeFileSystems",
    "glue:CreateJob",
    "glue:DeleteJob",
    "glue:GetJob*",
    "glue:GetTable*",
    "glue:StartJobRun",
    "groundtruthlabeling:*",
    "iam:ListRoles",
    "kms:DescribeKey",
    "kms:ListAliases",
    "lambda:ListFunctions",
    "logs:CreateLogDelivery",
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DeleteLogDelivery",
    "logs:Describe*",
    "logs:GetLogDelivery",
    "logs:GetLogEvents",
    "logs:ListLogDeliveries",
    "logs:PutLogEvents",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
    "secretsmanager:ListSecrets",
    "sns:ListTopics",
    "tag:GetResources",
  ],
  Resource: "*",
};

const ownResources = [
  {
    Effect: "Allow",
    Action: [
      "ecr:BatchDeleteImage",
      "ecr:CompleteLayerUpload",
      "ecr:DeleteRepository",
      "ecr:DeleteRepositoryPolicy",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:SetRepositoryPolicy",
      "ecr:UploadLayerPart",
    ],
    Resource: "arn:aws:ecr:*:*:repository/*sagemaker*",
  },
  {
    Effect: "Allow",
    Action: ["codecommit:GitPull", "codecommit:GitPush"],
    Resource: namedAfterSageMaker("arn:aws:codecommit:*:*:"),
  },
  {
    Effect: "Allow",
    Action: ["secretsmanager:CreateSecret", "secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
    Resource: "arn:aws:secretsmanager:*:*:secret:AmazonSageMaker-*",
  },
  {
    Effect: "Allow",
    Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
    Resource: "*",
    Condition: { StringEquals: { "secretsmanager:ResourceTag/SageMaker": "true" } },
  },
  {
    Effect: "Allow",
    Action: "lambda:InvokeFunction",
    Resource: [
      ...namedAfterSageMaker("arn:aws:lambda:*:*:function:"),
      "arn:aws:lambda:*:*:function:*LabelingFunction*",
    ],
  },
  {
    Effect: "Allow",
    Action: ["sns:CreateTopic", "sns:Publish", "sns:Subscribe"],
    Resource: namedAfterSageMaker("arn:aws:sns:*:*:"),
  },
];

const storage = [
  {
    Effect: "Allow",
    Action: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
    Resource: [...namedAfterSageMaker("arn:aws:s3:::"), "arn:aws:s3:::*aws-glue*"],
  },
  {
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::*",
    Condition: { StringEqualsIgnoreCase: { "s3:ExistingObjectTag/SageMaker": "true" } },
  },
  {
    Effect: "Allow",
    Action: [
      "s3:CreateBucket",
      "s3:GetBucketCors",
      "s3:GetBucketLocation",
      "s3:ListAllMyBuckets",
      "s3:ListBucket",
      "s3:PutBucketCors",
    ],
    Resource: "*",
  },
  {
    Effect: "Allow",
    Action: ["s3:GetBucketAcl", "s3:PutObjectAcl"],
    Resource: namedAfterSageMaker("arn:aws:s3:::"),
  },
];

const roles = [
  {
    Effect: "Allow",
    Action: "iam:CreateServiceLinkedRole",
    Resource:
      "arn:aws:iam::*:role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint",
    Condition: { StringLike: { "iam:AWSServiceName": "sagemaker.application-autoscaling.amazonaws.com" } },
  },
  {
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: "arn:aws:iam::*:role/*AmazonSageMaker*",
    Condition: {
      StringEquals: {
        "iam:PassedToService": ["glue.amazonaws.com", "robomaker.amazonaws.com", "states.amazonaws.com"],
      },
    },
  },
  {
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: "arn:aws:iam::*:role/*",
    Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
  },
];

/** What the policy of this name effectively grants on AWS, in statements of our own. */
export const amazonSageMakerFullAccess: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [...sageMaker, supportingServices, ...ownResources, ...storage, ...roles],
};
