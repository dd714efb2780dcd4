import { resolve } from "node:path";
import type { Command } from "../command.ts";
import { DemoDisplay } from "../demo/demo-display.ts";
import { ensureServer } from "../ensure-server.ts";
import { openSession } from "../exec-session.ts";
import { serverOptions, serverSettings } from "../settings.ts";

export const demoCommand: Command = {
  name: "demo",
  summary: "Train, transform, deploy and invoke XGBoost on Boston Housing",
  description: "Deletes what it made, also after Ctrl-C. Writes a picture to clary-demo/ in this directory.",
  options: serverOptions,

  async run({ options, terminal }) {
    // The AWS SDK takes longer to load than a server to start; only the demo needs it.
    const { runDemo } = await import("../demo/run-demo.ts");
    const display = new DemoDisplay(terminal);
    const { server, release } = await ensureServer(serverSettings(options, terminal), terminal);
    const interrupt = new AbortController();
    // Once: whoever presses Ctrl-C again does not want to wait for the clean-up.
    process.once("SIGINT", () => interrupt.abort());
    try {
      display.line(`${display.paint("bold", "Clary")} runs at ${server.endpoint}`);
      const facts = server.status;
      const session = await openSession(server, {}, { ...terminal, environment: {} });
      await runDemo({
        server,
        session,
        facts: { accountId: facts.accountId, region: facts.region, roleArn: facts.executionRoleArn },
        outputDirectory: resolve("clary-demo"),
        display,
        signal: interrupt.signal,
      });
      return 0;
    } finally {
      await release();
    }
  },
};
