export { serviceModelCount } from "./composition/models-directory.ts";
export { startServer, StartError, type RunningServer, type ServerOptions } from "./main.ts";
