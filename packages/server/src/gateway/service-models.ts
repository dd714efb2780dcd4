import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  loadServiceModel,
  type ServiceIndexEntry,
  type ServiceIndexFile,
  type ServiceModel,
  type ServiceModelFile,
} from "@clary/wire";

/** The descriptions of AWS's services that the build made. */
export interface ServiceModels {
  /** Enough of each to route a request. */
  readonly index: readonly ServiceIndexEntry[];
  /** The whole of one: read at the first request for the service, then at hand. */
  load(serviceId: string): Promise<ServiceModel> | ServiceModel;
}

/** The model files are missing or unreadable. */
class ServiceModelsError extends Error {
  override readonly name = "ServiceModelsError";
}

/** @param directory `packages/server/models`, or where a package keeps it. @throws ServiceModelsError */
export async function openServiceModels(directory: string): Promise<ServiceModels> {
  const { services } = await readModelFile<ServiceIndexFile>(directory, "index");
  const loaded = new Map<string, ServiceModel>();
  const loading = new Map<string, Promise<ServiceModel>>();

  async function read(serviceId: string): Promise<ServiceModel> {
    try {
      const model = loadServiceModel(await readModelFile<ServiceModelFile>(directory, serviceId));
      loaded.set(serviceId, model);
      return model;
    } finally {
      loading.delete(serviceId);
    }
  }

  return {
    index: services,
    load(serviceId) {
      const model = loaded.get(serviceId);
      if (model !== undefined) {
        return model;
      }
      const reading = loading.get(serviceId) ?? read(serviceId);
      loading.set(serviceId, reading);
      return reading;
    },
  };
}

async function readModelFile<File>(directory: string, name: string): Promise<File> {
  const path = join(directory, `${name}.json`);
  try {
    return JSON.parse(await readFile(path, "utf8")) as File;
  } catch (error) {
    throw new ServiceModelsError(`Cannot read the service model ${path}. Run: npm run models`, { cause: error });
  }
}
