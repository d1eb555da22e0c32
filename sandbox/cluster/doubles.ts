import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Layout } from "../layout";

/** Longhorn's pre-upgrade check asks the node for `iscsiadm`; no iSCSI is spoken here. */
const iscsiadm = `#!/bin/sh
echo "iscsiadm version 2.1.8 (the sandbox's double)"
`;

/** Writes the stand-ins for programs that Longhorn wants to find on its nodes. */
export function writeDoubles(layout: Layout): void {
  writeFileSync(join(layout.doubles, "iscsiadm"), iscsiadm, { mode: 0o755 });
}
