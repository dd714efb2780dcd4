#!/usr/bin/env node
// Runs before each package is packed, in its folder: whoever gets the package gets the licence with it.
import { copyFileSync } from "node:fs";

copyFileSync(new URL("../../LICENSE", import.meta.url), "LICENSE");
