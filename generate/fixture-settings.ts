import { knownChartBugs } from "../components/longhorn/settings/known-chart-bugs";
import { enginesOf } from "../components/longhorn/settings/engines";
import { chartKeyIn, isAmong } from "../components/longhorn/settings/releases";
import type { LonghornSetting } from "../components/longhorn/settings/setting";
import { longhornSettings } from "../components/longhorn/settings/table";
import type { GeneratedFile } from "./file";

/** The version whose chart the sandbox's fixture stands for. */
const version = "1.12.0";

/** Settings that this chart writes as texts, although they are no texts, and the other way round. */
const exceptions: Readonly<Record<string, string>> = {
  "orphan-resource-auto-deletion": "multiType",
  "offline-replica-rebuilding": "multiType",
  "csi-storage-capacity-tracking": "quoted",
  "blacklist-for-auto-delete-pod-when-volume-detached-unexpectedly": "plain",
};

/** The settings of the sandbox's chart, which writes them as Longhorn's own does. */
export function fixtureSettings(): GeneratedFile {
  const settings = longhornSettings.flatMap((setting) => {
    const key = chartKeyIn(version, setting);
    return key === undefined ? [] : [line(key, setting.name, written(setting))];
  });
  const bugs = knownChartBugs
    .filter((bug) => isAmong(version, bug))
    .map(({ key, writes }) => line(key, writes, "multiType"));
  const text = `# Every value under defaultSettings that Longhorn's chart ${version} knows: the key, the name of the setting in Longhorn, and how
# the value is written into the ConfigMap longhorn-default-setting.
#   plain      as it stands
#   quoted     as a string
#   multiType  a map as a string of JSON, anything else as a string
# Made by \`npm run generate\` from the table of settings.
${settings.join("\n")}

# Written under a name that Longhorn does not know, and so without effect: the chart's own bug.
${bugs.join("\n")}
`;
  return { path: "sandbox/chart/default-settings.yaml", text };
}

function line(key: string, setting: string, as: string): string {
  return `- { key: ${key}, setting: ${setting}, as: ${as} }`;
}

function written(setting: LonghornSetting): string {
  const exception = exceptions[setting.name];
  if (exception !== undefined) return exception;
  if (enginesOf(setting) !== undefined) return "multiType";
  return setting.type === "bool" ? "plain" : "quoted";
}
