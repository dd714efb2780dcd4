export type { LogsDeps } from "./deps.ts";
export { logsService } from "./service.ts";
