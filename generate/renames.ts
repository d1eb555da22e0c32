import { renames } from "../components/renames";
import type { GeneratedFile } from "./file";

/** Returns the file with all renamed inputs and types, for programs that rewrite configurations. */
export function renamesFile(): GeneratedFile {
  const { store, gateway, fencing, types } = renames;
  return { path: "docs/renames.json", text: JSON.stringify({ store, gateway, fencing, types }) };
}
