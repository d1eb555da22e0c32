/** Text that is already HTML. All other values in a page are escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** Returns HTML with embedded values. Values that are not `Html` are escaped, and the items of a list are joined. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.map((part, index) => part + textOf(values[index])).join(""));
}

export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

function textOf(value: HtmlValue): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "string" || typeof value === "number") return escapeXml(String(value));
  return value.map(textOf).join("");
}

/**
 * Returns a table with the first row as its header; empty without rows. It scrolls horizontally if it is wider than the page.
 */
export function htmlTable(rows: readonly (readonly string[])[], caption: string): Html | undefined {
  const [head, ...body] = rows;
  if (head === undefined) return undefined;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body.map(
          (cells) =>
            html`<tr>
              ${cells.map(tableCell)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div> `;
}

/** Returns names with their values, one below the other. */
export function htmlPairs(rows: readonly (readonly string[])[]): Html {
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div> `,
    )}
  </dl> `;
}

export function htmlList(items: readonly string[]): Html {
  return html`<ul>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul> `;
}

const number = /^[–±-]?\s?\d*(\.\d+)?( s)?$/;

/** Number of characters from which a text gets a minimum width, so that narrow screens do not break it after each word. */
const long = 18;

function tableCell(cell: string, column: number): Html {
  const kind = number.test(cell) ? "number" : cell.length > long ? "long" : "";
  const attribute = kind === "" ? undefined : html` class="${kind}"`;
  return column === 0 ? html`<th scope="row" ${attribute}>${cell}</th>` : html`<td${attribute}>${cell}</td>`;
}

/** Escapes a text for HTML and SVG. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
