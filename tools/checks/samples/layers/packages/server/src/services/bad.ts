import { runOperation } from "../gateway/run-operation.ts";
runOperation();
