import { isAtLeast } from "../version";

/**
 * Returns a string for the chart, quoted for older charts that write it into YAML unchanged. There, a string such as
 * `key:value:` or a schedule that starts with an asterisk would make the YAML invalid, and all settings would be lost.
 *
 * @param quotedSince first release whose chart quotes the string
 */
export function yamlText(version: string, text: string, quotedSince: string): string {
  return isAtLeast(version, quotedSince) ? text : JSON.stringify(text);
}
