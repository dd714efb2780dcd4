import { defineConfig } from "vitest/config";

// The AWS SDK's notice about its next major version, once for each process, would hide what tests say.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

// Tests read the sources of our packages, not their build, through the `source` condition of each `exports`.
const resolve = { conditions: ["source", "node", "import", "default"] };
const ssr = { resolve: { conditions: ["source", "node", "import", "default"] } };

export default defineConfig({
  test: {
    globalSetup: ["tests/support/temporary-files.ts"],
    projects: [
      {
        resolve,
        ssr,
        test: { name: "unit", include: ["packages/*/src/**/*.test.ts", "tools/**/*.test.ts"], environment: "node" },
      },
      {
        resolve,
        ssr,
        test: {
          name: "conformance",
          include: ["tests/{wire,conformance,golden}/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "journeys",
          include: ["tests/{journeys,restart,crash,fuzz,size,packed}/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
