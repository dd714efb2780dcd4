import type { Command } from "./command.ts";
import { completionCommand } from "./commands/completion.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { envCommand } from "./commands/env.ts";
import { execCommand } from "./commands/exec.ts";
import { resetCommand } from "./commands/reset.ts";
import { startCommand } from "./commands/start.ts";
import { statusCommand } from "./commands/status.ts";
import { stopCommand } from "./commands/stop.ts";

const commandsToComplete: readonly Command[] = [
  demoCommand,
  startCommand,
  execCommand,
  envCommand,
  statusCommand,
  doctorCommand,
  stopCommand,
  resetCommand,
];

/** Every command, in the order of `clary --help`. */
export const commands: readonly Command[] = [...commandsToComplete, completionCommand(commandsToComplete)];
