import { CreateEndpointCommand, CreateEndpointConfigCommand, DescribeEndpointCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { CommandError } from "../command.ts";
import { toCsv, type House } from "./boston-data.ts";
import type { DemoRun } from "./demo-run.ts";
import { poll } from "./poll.ts";

/** Puts the model behind an endpoint and resolves when it is in service. */
export async function deploy(run: DemoRun): Promise<void> {
  const { clients, plan } = run;
  await clients.sagemaker.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName: plan.name,
      ProductionVariants: [
        {
          VariantName: "AllTraffic",
          ModelName: plan.name,
          InstanceType: "ml.m4.xlarge",
          InitialInstanceCount: 1,
          InitialVariantWeight: 1,
        },
      ],
    }),
  );
  await clients.sagemaker.send(new CreateEndpointCommand({ EndpointName: plan.name, EndpointConfigName: plan.name }));
  const endpoint = await poll(
    {
      ask: () => clients.sagemaker.send(new DescribeEndpointCommand({ EndpointName: plan.name })),
      done: ({ EndpointStatus }) => EndpointStatus !== "Creating",
      status: ({ EndpointStatus }) => EndpointStatus,
    },
    run,
  );
  if (endpoint.EndpointStatus !== "InService") {
    throw new CommandError(
      `the endpoint is ${endpoint.EndpointStatus}: ${endpoint.FailureReason ?? "no reason given"}`,
    );
  }
}

/** Asks the endpoint for all rows at once. This image answers with one line, comma between the predictions. */
export async function predict({ clients, plan }: DemoRun, houses: readonly House[]): Promise<readonly number[]> {
  const answer = await clients.runtime.send(
    new InvokeEndpointCommand({
      EndpointName: plan.name,
      ContentType: "text/csv",
      Body: Buffer.from(toCsv(houses, "without-label").trimEnd()),
    }),
  );
  return new TextDecoder().decode(answer.Body).split(",").map(Number);
}

/** Times single-row calls, one after the other, and resolves with the median in milliseconds. */
export async function medianLatency(run: DemoRun, house: House): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < 100; call++) {
    const begin = performance.now();
    await predict(run, [house]);
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}
