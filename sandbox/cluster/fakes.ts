import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Layout } from "../layout";

/** Longhorn's pre-upgrade check requires `iscsiadm` on the node, but the sandbox uses no iSCSI. */
const iscsiadm = `#!/bin/sh
echo "iscsiadm version 2.1.8 (the sandbox's double)"
`;

/** Writes the fakes of programs that Longhorn requires on its nodes. */
export function writeDoubles(layout: Layout): void {
  writeFileSync(join(layout.doubles, "iscsiadm"), iscsiadm, { mode: 0o755 });
}
