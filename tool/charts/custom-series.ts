/** The little of ECharts' custom series that is used here. */
export interface CustomApi {
  value(dimension: number): number;
  coord(value: [number, number]): [x: number, y: number];
}
