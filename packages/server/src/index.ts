export { startServer, StartError, type RunningServer, type ServerOptions } from "./main.ts";
