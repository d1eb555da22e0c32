/** Rows of a report, shared by text, Markdown and page. */
export * from "./outcome";
export * from "./stages";
export * from "./ledger";
export * from "./set-up";
export { seconds, type Rows } from "./row";
