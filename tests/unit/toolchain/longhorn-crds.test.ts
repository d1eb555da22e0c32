import assert from "node:assert/strict";
import * as path from "node:path";
import { longhornCustomResourceDefinitions } from "../../../sandbox/toolchain/build";
import { temporaryDirectory, write } from "./fixtures";

describe("Longhorn's CustomResourceDefinitions", () => {
  const directory = temporaryDirectory();

  it("are the chart's template without its template parts", async () => {
    const template = write(
      path.join(directory(), "crds.yaml"),
      `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  labels: {{- include "longhorn.labels" . | nindent 4 }}
    longhorn-manager: ""
  name: volumes.longhorn.io
{{- if .Values.preserve }}
spec:
  conversion:
    namespace: {{ .Release.Namespace }}
  description: "kept: {{ a part of a line }} and the rest"
{{- end }}
`,
    );
    assert.equal(
      await longhornCustomResourceDefinitions(template),
      `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  labels:
    longhorn-manager: ""
  name: volumes.longhorn.io
spec:
  conversion:
  description: "kept:  and the rest"
`,
    );
  });
});
