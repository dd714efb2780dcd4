import { startServer } from "@clary/server";
startServer();
