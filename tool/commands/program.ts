import { Command } from "commander";
import type { CommandContext } from "./context";
import { addAdoptCommand } from "./adopt";
import { addDemoCommand } from "./demo";
import { addDestroyCommand } from "./destroy";
import { addDrillCommand } from "./drill";
import { addFenceCommand } from "./fence";
import { addInitCommand } from "./init";
import { addMoveCommand } from "./move";
import { addPredictCommand } from "./predict";
import { addPreflightCommand } from "./preflight";
import { addPreviewCommand } from "./preview";
import { addRefreshCommand } from "./refresh";
import { addRepairCommand } from "./repair";
import { addSandboxCommand } from "./sandbox";
import { addUnfenceCommand } from "./unfence";
import { addUpCommand } from "./up";
import { addVerifyCommand } from "./verify";

const exitCodes = `
Exit codes:
  0    all held
  1    something fell short: an operation failed, an object lost, no recovery within the limit, an alarm, something left behind
  2    wrong usage, or refused before anything was done
  3    the machine lacks something: a program, room on a disk, a passphrase, a way to the cluster; the message says what to do
  130  interrupted; everything was cleaned up, but for what fence and an update of the stack had done, which another run goes on from
`;

/** The command line of `longhorn-s3`. Throws commander's errors instead of ending the process. */
export function commandLine(context: CommandContext): Command {
  const program = new Command("longhorn-s3")
    .description("S3 stores on Longhorn: deploy them, make them fail, see what a client sees")
    .addHelpText("after", exitCodes)
    .showHelpAfterError("(--help shows what is possible)")
    .exitOverride();
  addInitCommand(program, context);
  addPreflightCommand(program, context);
  addPreviewCommand(program, context);
  addUpCommand(program, context);
  addRefreshCommand(program, context);
  addDestroyCommand(program, context);
  addRepairCommand(program, context);
  addAdoptCommand(program, context);
  addVerifyCommand(program, context);
  addFenceCommand(program, context);
  addUnfenceCommand(program, context);
  addMoveCommand(program, context);
  addPredictCommand(program, context);
  addDrillCommand(program, context);
  addDemoCommand(program, context);
  addSandboxCommand(program, context);
  return program;
}
