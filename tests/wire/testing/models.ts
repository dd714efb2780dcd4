import { readFileSync } from "node:fs";
import { loadServiceModel, type ServiceModel, type ServiceModelFile } from "@clary/wire";
import { gatedServices } from "./services.ts";

const folder = new URL("../../../packages/server/models/", import.meta.url);

/** A generated model. Throws when `npm run models` has not been run. */
export function loadModel(id: string): ServiceModel {
  return loadServiceModel(JSON.parse(readFileSync(new URL(`${id}.json`, folder), "utf8")) as ServiceModelFile);
}

export function loadAllModels(): readonly ServiceModel[] {
  return gatedServices.map(({ id }) => loadModel(id));
}
