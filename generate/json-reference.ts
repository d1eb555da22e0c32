import type { GeneratedFile } from "./file";
import { declarationsOf } from "./declarations";

/** Output of commands with `--json`: an interface, and the file that declares it. */
export interface JsonReport {
  /** Arguments of `longhorn-s3`. */
  commands: readonly string[];
  type: string;
  /** Path in the repository. */
  file: string;
  /** JSON Schema of the report; not set if there is none. */
  schema?: string;
}

const drills = [
  "pod-failure",
  "crash-loop",
  "switch-over",
  "eviction",
  "node-failure",
  "fence",
  "partition",
  "node-return",
];

/** All reports, in the order of the commands. */
export const jsonReports: readonly JsonReport[] = [
  { commands: ["init"], type: "InitReport", file: "tool/features/init/init.ts" },
  { commands: ["preflight"], type: "PreflightReport", file: "tool/commands/preflight.ts" },
  { commands: ["preview", "up", "refresh", "destroy"], type: "OperationReport", file: "tool/commands/operation.ts" },
  {
    commands: ["status"],
    type: "StatusReport",
    file: "tool/features/status/report.ts",
    schema: "tool/features/status/status-schema.json",
  },
  { commands: ["outputs"], type: "OutputsReport", file: "tool/commands/outputs.ts" },
  { commands: ["verify"], type: "VerifyReport", file: "tool/features/verify/verify.ts" },
  { commands: ["repair"], type: "RepairReport", file: "tool/features/repair/repair.ts" },
  { commands: ["adopt"], type: "AdoptReport", file: "tool/features/adopt/adopt.ts" },
  { commands: ["fence"], type: "FenceReport", file: "tool/features/fence/fence.ts" },
  { commands: ["unfence"], type: "UnfenceReport", file: "tool/features/fence/unfence.ts" },
  { commands: ["move"], type: "MoveReport", file: "tool/features/move/move.ts" },
  { commands: ["move --undo"], type: "UndoReport", file: "tool/features/move/put-back.ts" },
  { commands: ["predict"], type: "PredictionReport", file: "tool/features/predict/report.ts" },
  {
    commands: drills.map((one) => `drill ${one}`),
    ...{ type: "DrillReport", file: "tool/drill/report.ts", schema: "tool/drill/report-schema.json" },
  },
  { commands: ["drill cleanup"], type: "CleanupReport", file: "tool/commands/drill.ts" },
  { commands: ["drill compare"], type: "DrillComparison", file: "tool/drill/compare.ts" },
  { commands: ["demo"], type: "WholeDemoReport", file: "tool/commands/demo.ts" },
  { commands: ["sandbox start"], type: "SandboxReport", file: "tool/commands/sandbox.ts" },
  { commands: ["sandbox stop"], type: "SandboxStopReport", file: "tool/commands/sandbox.ts" },
  { commands: ["sandbox status"], type: "SandboxStatusReport", file: "tool/commands/sandbox.ts" },
];

/** Report of a failed command. */
export const failureReport = { type: "FailureReport", file: "tool/commands/failure.ts" };

/** Returns the page on the output of `--json`, with the types of the tool. */
export function jsonReference(): GeneratedFile {
  const told = new Set<string>();
  const text = `# JSON output

With \`--json\`, every command of \`longhorn-s3\` except \`completion\` prints a single JSON object to stdout. It starts with its version, a number
that increases when a field is removed or changes its meaning; new fields do not change it. A command that would prompt for a confirmation fails
instead, unless \`--yes\` is set. The types are generated from the tool (\`npm run generate\`). A type that several objects share is shown at its first use.

## Failures

A command that fails, is refused or is interrupted prints this object instead of its report. Usage errors, such as an unknown option, are printed
only to stderr, with exit code 2.

${block(failureReport, told)}

${jsonReports.map((report) => section(report, told)).join("\n\n")}
`;
  return { path: "docs/json.md", text };
}

function section(report: JsonReport, told: Set<string>): string {
  const { commands, schema } = report;
  const described = schema === undefined ? "" : `JSON Schema: [\`${schema}\`](../${schema}).\n\n`;
  return `## ${commands.map((command) => `\`${command}\``).join(", ")}\n\n${described}${block(report, told)}`;
}

/**
 * Returns the code block of a report.
 *
 * @param told declarations that the page already contains
 */
function block({ type, file }: Pick<JsonReport, "type" | "file">, told: Set<string>): string {
  const declarations = declarationsOf(type, file).filter(({ id }) => !told.has(id));
  for (const { id } of declarations) told.add(id);
  return `\`\`\`ts check\n${declarations.map(({ text }) => text).join("\n\n")}\n\`\`\``;
}
