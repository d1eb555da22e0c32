import type { LonghornSetting } from "../setting";

/** Longhorn's read-only settings about the installation. */
export const systemInfoSettings = [
  {
    name: "default-engine-image",
    type: "string",
    default: "",
    readOnly: true,
    first: "1.0.0",
    summary: "Engine image in use; set by the manager's start arguments, not by users.",
  },
  {
    name: "default-instance-manager-image",
    type: "string",
    default: "",
    readOnly: true,
    first: "1.0.0",
    summary: "Instance-manager image in use; set by the manager's start arguments (definition type is 'deprecated').",
  },
  {
    name: "default-backing-image-manager-image",
    type: "string",
    default: "",
    readOnly: true,
    first: "1.1.1",
    summary:
      "Backing-image-manager image in use; set by the manager's start arguments (definition type is 'deprecated').",
  },
  {
    name: "support-bundle-manager-image",
    type: "string",
    default: "",
    first: "1.4.0",
    summary: "Image used to build support bundles; follows the chart's image.longhorn.supportBundleKit.",
  },
  {
    name: "current-longhorn-version",
    type: "string",
    default: "<build version>",
    optional: true,
    readOnly: true,
    first: "1.2.4",
    summary: "Running Longhorn version, written by the manager and used by the upgrade-path check.",
  },
  {
    name: "latest-longhorn-version",
    type: "string",
    default: "",
    optional: true,
    readOnly: true,
    first: "1.0.0",
    summary: "Newest version reported by the upgrade checker.",
  },
  {
    name: "stable-longhorn-versions",
    type: "string",
    default: "",
    optional: true,
    readOnly: true,
    first: "1.1.3",
    summary: "Newest stable version of each minor line reported by the upgrade checker.",
  },
  {
    name: "crd-api-version",
    type: "string",
    default: "",
    readOnly: true,
    first: "1.0.0",
    summary: "API version of the stored CRs; written by the manager.",
  },
] as const satisfies readonly LonghornSetting[];
