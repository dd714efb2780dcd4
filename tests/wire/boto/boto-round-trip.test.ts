import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { ServiceModel } from "@clary/wire";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ClientName, describeWithClient } from "../../support/clients.ts";
import { botoDifferences } from "../known-differences.ts";
import { type ClientOperation, clientOperations } from "../testing/client-operations.ts";
import { comparable } from "../testing/comparable.ts";
import { type EchoServer, startEchoServer, type Understood } from "../testing/echo-server.ts";
import { withEventStream } from "../testing/event-stream.ts";
import { credentials } from "../testing/make-client.ts";
import { loadAllModels } from "../testing/models.ts";
import { gatedServices } from "../testing/services.ts";
import { type Answer, type Question, type ReportServer, startReportServer } from "./report-server.ts";
import { isUnknown, type Last, misunderstanding } from "./understanding.ts";

interface DriverResult {
  readonly operations: number;
  readonly differences: readonly string[];
}

const currentClient: ClientName = "sagemaker-2";
/** boto3 of today, and the one that the SageMaker SDK of 2020 is used with. */
const clients: readonly ClientName[] = [currentClient, "sagemaker-1.72"];

for (const name of clients) {
  describeWithClient(name, "every operation through boto3, in both directions", (python) => {
    const models = loadAllModels();
    const operations = new Map<string, ClientOperation>();
    let echo: EchoServer;
    let report: ReportServer;
    let model: ServiceModel | undefined;
    let last: Last = {};
    let output: unknown = {};

    beforeAll(async () => {
      report = await startReportServer(judge);
      echo = await startEchoServer({
        models,
        secretAccessKey: credentials.secretAccessKey,
        answer,
        failed: (error) => {
          last = { error };
        },
      });
      for (const { id, clientModule } of gatedServices) {
        for (const operation of clientOperations(await clientModule())) {
          operations.set(`${id}.${operation.name}`, operation);
        }
      }
    });

    afterAll(async () => {
      await echo.close();
      await report.close();
    });

    async function answer(understood: Understood): Promise<object> {
      const { operation } = understood;
      const generated = operations.get(`${operation.service.id}.${operation.name}`)?.generateOutput() ?? {};
      last = { understood };
      output = comparable(generated);
      return operation.eventStreamOutput ? withEventStream(generated) : generated;
    }

    function judge(question: Question): Answer {
      if (model === undefined) {
        throw new Error("there is no model of this service");
      }
      const unknown = isUnknown(model, last, question.operation);
      const answered = { problem: misunderstanding(model, last, question), unknown, output };
      last = {};
      output = {};
      return answered;
    }

    it.each(gatedServices)("$id", async ({ id, botocore }) => {
      model = models.find((candidate) => candidate.id === id);
      const { differences, operations: count } = await drive(python, botocore);
      const known = botoDifferences
        .filter(({ service }) => service === id)
        .map(({ operation, difference }) => `${operation}${difference}`);
      expect(differences.filter((text) => !known.some((entry) => text.startsWith(entry)))).toEqual([]);
      const gone = known.filter((entry) => !differences.some((text) => text.startsWith(entry)));
      expect(name === currentClient ? gone : []).toEqual([]);
      expect(count).toBeGreaterThan(0);
    });

    async function drive(program: string, service: string): Promise<DriverResult> {
      const driver = new URL("driver.py", import.meta.url).pathname;
      const words = [driver, service, String(echo.port), String(report.port)];
      const { stdout } = await promisify(execFile)(program, words, { env: driverEnvironment, maxBuffer: 2 ** 26 });
      return JSON.parse(stdout) as DriverResult;
    }
  });
}

/** Nothing of this machine's: no profile, no proxy. */
const driverEnvironment: NodeJS.ProcessEnv = {
  PATH: "/usr/bin:/bin",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
  AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
  PYTHONDONTWRITEBYTECODE: "1",
};
