import type { LonghornSetting } from "../setting";

/** Longhorn's settings for orphaned data. */
export const orphanSettings = [
  {
    name: "orphan-resource-auto-deletion",
    input: "orphanResourceAutoDeletion",
    type: "string",
    default: "",
    optional: true,
    first: "1.9.0",
    charts: [{ first: "1.9.0" }],
    format: "orphan-resource-types",
    summary: "Semicolon list of orphan kinds (replica-data, instance) removed automatically; skips down nodes.",
  },
  {
    name: "orphan-resource-auto-deletion-grace-period",
    input: "orphanResourceAutoDeletionGracePeriod",
    type: "int",
    min: 0,
    default: "300",
    first: "1.9.0",
    charts: [{ first: "1.9.0" }],
    summary: "Seconds an orphan CR is kept before automatic deletion.",
  },
  {
    name: "orphan-auto-deletion",
    input: "orphanAutoDeletion",
    type: "bool",
    default: "false",
    first: "1.3.0",
    last: "1.8",
    charts: [{ first: "1.5.0", last: "1.8" }],
    replacedBy: "orphan-resource-auto-deletion",
    summary: "Delete orphaned replica data automatically (replaced by orphan-resource-auto-deletion in 1.9).",
  },
] as const satisfies readonly LonghornSetting[];
