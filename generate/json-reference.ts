import type { GeneratedFile } from "./file";
import { declarationsOf } from "./declarations";

/** What a command prints with `--json`: an interface and the file that declares it. */
export interface JsonReport {
  /** Words after `longhorn-s3`. */
  commands: readonly string[];
  type: string;
  /** Path in the repository. */
  file: string;
  /** A JSON Schema of it, beside its file; absent where there is none. */
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

/** Every report, in the order in which the commands are listed. */
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

/** What they print instead where they fail. */
export const failureReport = { type: "FailureReport", file: "tool/commands/failure.ts" };

/** The page of what `--json` prints, with the types as the tool declares them. */
export function jsonReference(): GeneratedFile {
  const told = new Set<string>();
  const text = `# What \`--json\` prints

Every command of \`longhorn-s3\` takes \`--json\`, but for \`completion\`: then one object is on stdout, and nothing else. It begins with its
version, a number that rises when a field is taken away or changes its meaning; fields may be added without that. What has to be asked is refused,
unless \`--yes\` has said it beforehand. The types are those of the tool (\`npm run generate\`); one that several objects have stands where it comes first.

## A failure

Instead of its report a command prints this where it fails or is refused, or is interrupted. Wrong usage, such as an option that there is not, is
told on stderr alone, with exit code 2.

${block(failureReport, told)}

${jsonReports.map((report) => section(report, told)).join("\n\n")}
`;
  return { path: "docs/json.md", text };
}

function section(report: JsonReport, told: Set<string>): string {
  const { commands, schema } = report;
  const described = schema === undefined ? "" : `As a JSON Schema: [\`${schema}\`](../${schema}).\n\n`;
  return `## ${commands.map((command) => `\`${command}\``).join(", ")}\n\n${described}${block(report, told)}`;
}

/** @param told the declarations that the page has already */
function block({ type, file }: Pick<JsonReport, "type" | "file">, told: Set<string>): string {
  const declarations = declarationsOf(type, file).filter(({ id }) => !told.has(id));
  for (const { id } of declarations) told.add(id);
  return `\`\`\`ts check\n${declarations.map(({ text }) => text).join("\n\n")}\n\`\`\``;
}
