/** What a report says, as rows that text, Markdown and page show alike. */
export * from "./outcome";
export * from "./stages";
export * from "./ledger";
export * from "./set-up";
export { seconds, type Rows } from "./row";
