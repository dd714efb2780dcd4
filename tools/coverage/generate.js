#!/usr/bin/env node
// Writes docs/coverage.md from the built server; `npm run checks` compares.
import { writeFileSync } from "node:fs";
import { coveragePage } from "./coverage-page.js";

writeFileSync(new URL("../../docs/coverage.md", import.meta.url), coveragePage());
