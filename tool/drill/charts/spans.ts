import type { CustomApi } from "../../charts/page-chart";

/** From when to when in a row, by its number from the top. */
export type Span = readonly [from: number, to: number, row: number];

/**
 * Bars that begin anywhere, as one ECharts series.
 *
 * @param offset of the bar from the middle of its row, in px
 */
export function spans(name: string, color: string, data: readonly Span[], offset: number, thickness: number) {
  return {
    ...{ name, type: "custom", silent: true, itemStyle: { color } },
    encode: { x: [0, 1], y: 2 },
    data,
    renderItem: (_: unknown, api: CustomApi) => {
      const [left, middle] = api.coord([api.value(0), api.value(2)]);
      const [right] = api.coord([api.value(1), api.value(2)]);
      const shape = {
        x: left,
        y: middle + offset - thickness / 2,
        width: Math.max(2, right - left),
        height: thickness,
      };
      return { type: "rect", shape, style: { fill: color } };
    },
  };
}
