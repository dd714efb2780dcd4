/**
 * SageMaker prints some patterns with anchors that botocore's models of today no longer carry. These are the shapes
 * whose patterns were anchored in the models of 2020 to 2023, when both agreed; seen on the wire for TrainingJobName.
 */
const anchoredAtStart = new Set(
  `
  AlarmName AppImageConfigName AppName AutoMLJobName BaseModelName ClarifyMimeType CodeRepositoryNameOrUrl
  ContainerHostname ContextName CsvContentType CustomerMetadataKey CustomerMetadataValue DomainId DomainName
  EndpointConfigName EndpointName ExperimentEntityName FeatureGroupName FeatureName FlowDefinitionName
  HubContentName HubName HumanTaskUiName HyperParameterTrainingJobDefinitionName HyperParameterTuningJobName
  InferenceExperimentName JsonContentType LabelAttributeName LabelingJobName ModelName ModelVariantName
  MonitoringTimeOffsetString MountPath NonEmptyString256 NonEmptyString64 NotebookInstanceLifecycleConfigName
  NotebookInstanceName PipelineExecutionName PipelineName ProcessingJobName ProjectEntityName ProjectId
  RecommendationJobName ServiceCatalogEntityId SpaceName StudioLifecycleConfigName TrainingJobName TransformJobName
  UserProfileName VariantName WorkteamName
`
    .trim()
    .split(/\s+/),
);

const anchoredAtBothEnds = new Set(
  `
  AccountId AlgorithmArn ArtifactDigest CallbackToken ClientToken ClusterArn ClusterInstanceGroupName
  ClusterLifeCycleConfigFileName ClusterName ClusterNameOrArn ClusterNodeId CodeRepositoryArn ContentDigest
  DestinationS3Uri DeviceArn DeviceDescription DeviceFleetArn DeviceFleetDescription DeviceName
  DocumentSchemaVersion EdgeDeploymentPlanArn EdgePackagingJobArn EntityName FeatureParameterKey
  FeatureParameterValue FileSystemId FileSystemPath FillingTransformationValue FlowDefinitionTaskKeyword
  FlowDefinitionTaskTitle ForecastFrequency GitConfigUrl HubContentVersion HubSearchKeyword ImageArn ImageDigest
  ImageDisplayName ImageName ImageNameContains ImageVersionArn InferenceComponentName InferenceSpecificationName
  IotRoleAlias MLFramework MediaType ModelCardArn ModelCardExportJobArn ModelPackageArn ModelPackageGroupArn
  MonitoringAlertName MonitoringJobDefinitionName MonitoringS3Uri MonitoringScheduleName PipelineExecutionArn
  PipelineParameterName PlatformIdentifier ProductId ProgrammingLang ProjectArn RecommendationJobCompilationJobName
  RecommendationJobSupportedResponseMIMEType RepositoryUrl ResponseMIMEType RoleArn S3ModelUri S3OutputPath S3Uri
  SampleWeightAttributeName SingleSignOnApplicationArn StepName TagKey TagValue TaskKeyword TaskTitle
  TextGenerationHyperParameterKey TextGenerationHyperParameterValue Url VisibilityConditionsKey
  VisibilityConditionsValue WorkforceName WorkforceSecurityGroupId WorkforceSubnetId WorkforceVpcEndpointId
  WorkforceVpcId
`
    .trim()
    .split(/\s+/),
);

/**
 * The pattern of a shape as the service prints it in a validation message.
 *
 * @param {string} service
 * @param {string} shapeName
 * @param {string} pattern
 */
export function printedPattern(service, shapeName, pattern) {
  if (service !== "sagemaker") {
    return pattern;
  }
  if (anchoredAtBothEnds.has(shapeName)) {
    return `^${pattern}$`;
  }
  return anchoredAtStart.has(shapeName) ? `^${pattern}` : pattern;
}
