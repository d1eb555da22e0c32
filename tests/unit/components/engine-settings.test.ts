import assert from "node:assert/strict";
import { chartSettings } from "../../../components/longhorn/settings/chart-settings";
import { defaultOf, enginesIn } from "../../../components/longhorn/settings/engines";
import { chartKeyIn } from "../../../components/longhorn/settings/releases";
import type { LonghornSetting } from "../../../components/longhorn/settings/setting";
import { longhornSettings } from "../../../components/longhorn/settings/table";
import { settingsViolations } from "../../../components/longhorn/settings/violations";

/** A value that the setting takes for every engine. */
function valueFor(setting: LonghornSetting): unknown {
  const text = defaultOf(setting);
  if (setting.type === "bool") return text !== "true";
  return setting.type === "string" ? text : Number(text);
}

describe("one value of a setting for all data engines", () => {
  for (const version of ["1.6.4", "1.9.2", "1.10.0", "1.12.1"]) {
    it(`is what the value for each of them is in ${version}`, () => {
      const settings = longhornSettings.filter(
        (setting) => enginesIn(version, setting) !== undefined && chartKeyIn(version, setting) !== undefined,
      );
      assert.ok(settings.length > 5);
      for (const setting of settings) {
        const { input = "" } = setting;
        const value = valueFor(setting);
        const each = Object.fromEntries((enginesIn(version, setting) ?? []).map((engine) => [engine, value]));
        assert.deepEqual(
          settingsViolations({ [input]: value }, version),
          settingsViolations({ [input]: each }, version),
        );
        assert.deepEqual(chartSettings(version, { [input]: value }), chartSettings(version, { [input]: each }), input);
      }
    });
  }
});
