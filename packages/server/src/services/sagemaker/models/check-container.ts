import type { ImageCatalog, ResolvedImage } from "../../../platform/images/image-catalog.ts";
import { imageNotFound, validationException } from "../errors.ts";
import type { CreateModelRequest, ModelContainer } from "./model-record.ts";

const supported = "Supported here: one container in mode SingleModel, with an Image and its model data.";

/**
 * The container that a new model consists of, after everything that can be said about it without looking at its data.
 * @throws AwsError `ValidationException` for requests that contradict themselves, and for what cannot be served here.
 */
export function checkContainer(input: CreateModelRequest): ModelContainer {
  const { PrimaryContainer: primary, Containers: containers } = input;
  if ((primary === undefined) === (containers === undefined)) {
    throw validationException("Exactly one of PrimaryContainer and Containers must be specified.");
  }
  const [container, ...others] = primary === undefined ? (containers ?? []) : [primary];
  if (container === undefined) {
    throw validationException("Containers must hold at least one container.");
  }
  if (others.length > 0) {
    throw validationException(`Inference pipelines of several containers are not supported. ${supported}`);
  }
  refuseUnsupported(container);
  return container;
}

function refuseUnsupported(container: ModelContainer): void {
  if (container.Mode === "MultiModel" || container.MultiModelConfig !== undefined) {
    throw validationException(`Containers in mode MultiModel are not supported. ${supported}`);
  }
  if (container.ModelPackageName !== undefined) {
    throw validationException(`Containers made from a ModelPackageName are not supported. ${supported}`);
  }
  if (container.AdditionalModelDataSources !== undefined && container.AdditionalModelDataSources.length > 0) {
    throw validationException(`AdditionalModelDataSources are not supported. ${supported}`);
  }
  if (container.ModelDataUrl !== undefined && container.ModelDataSource !== undefined) {
    throw validationException("Only one of ModelDataUrl and ModelDataSource can be specified for a container.");
  }
}

/** @throws AwsError `ValidationException` naming the images there are. */
export function resolveImage(images: ImageCatalog, container: ModelContainer, roleArn: string): ResolvedImage {
  if (container.Image === undefined) {
    throw validationException("An Image must be specified for the container.");
  }
  const image = images.resolve(container.Image);
  if (image === undefined) {
    throw imageNotFound(container.Image, roleArn, images.list());
  }
  return image;
}
