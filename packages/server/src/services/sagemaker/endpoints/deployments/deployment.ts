import type { ResolvedImage } from "../../../../platform/images/image-catalog.ts";
import type { EndpointConfigBody, ProductionVariant } from "../../endpoint-configs/endpoint-config-record.ts";
import type { ModelBody } from "../../models/model-record.ts";

export type DataCaptureConfig = NonNullable<EndpointConfigBody["request"]["DataCaptureConfig"]>;

/** A production variant with everything that running it needs. */
export interface DeployedVariant {
  /** As the endpoint configuration names it. */
  readonly request: ProductionVariant;
  readonly model: ModelBody;
  readonly image: ResolvedImage;
  readonly weight: number;
  readonly instanceCount: number;
}

/**
 * An endpoint configuration resolved to models and images. It is kept whole in the endpoint's record: the configuration and its
 * models may be deleted while the endpoint lives, and a restarted server must still bring it back.
 */
export interface Deployment {
  readonly configName: string;
  readonly variants: readonly DeployedVariant[];
  readonly dataCapture?: DataCaptureConfig;
  /** When its images were resolved and its work began. */
  readonly startedAt: Date;
}
