import { isAtLeast } from "../version";

/**
 * A text as an older chart needs it, which writes it into YAML as it stands: there a text such as `key:value:` or a schedule that
 * begins with a star would be no YAML, and all settings would be lost with it.
 *
 * @param quotedSince the first release whose chart quotes it
 */
export function yamlText(version: string, text: string, quotedSince: string): string {
  return isAtLeast(version, quotedSince) ? text : JSON.stringify(text);
}
