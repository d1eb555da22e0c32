import assert from "node:assert/strict";
import * as path from "node:path";
import fc from "fast-check";
import { missingFiles, pathForResources } from "../../../stacks/config/paths";

const directories = { project: "/repo", working: "/repo/stacks" };
const anySegment = fc.constantFrom("a", "b", "stacks", "..", ".");

describe("paths of the configuration", () => {
  it("count from the project and are told as the program's working directory sees them", () => {
    assert.equal(pathForResources("sandbox/chart", directories), "../sandbox/chart");
    assert.equal(pathForResources("./kubeconfig", directories), "../kubeconfig");
    assert.equal(pathForResources("stacks/chart", directories), "./chart");
    assert.equal(pathForResources("../charts/longhorn-1.12.1.tgz", directories), "../../charts/longhorn-1.12.1.tgz");
    assert.equal(pathForResources("/srv//chart/", directories), "/srv/chart/");
    assert.equal(pathForResources("oci://host/charts/longhorn", directories), "oci://host/charts/longhorn");
  });

  it("name the same file from there, wherever the project is", () => {
    fc.assert(
      fc.property(fc.array(anySegment, { minLength: 1, maxLength: 5 }), (segments) => {
        const configured = segments.join("/");
        for (const project of ["/one/two/three", "/other/place/of/it"]) {
          const working = `${project}/stacks`;
          const told = pathForResources(configured, { project, working });
          assert.equal(path.resolve(working, told), path.resolve(project, configured));
          assert.match(told, /^\.\.?(\/|$)/);
        }
      }),
    );
  });

  it("are refused where there is nothing", () => {
    const there = new Set(["/repo/chart/Chart.yaml", "/repo/longhorn.tgz", "/home/kubeconfig"]);
    const missing = (chart?: string, kubeconfig?: string) =>
      missingFiles(
        { longhorn: { chart }, cluster: { kubeconfig } },
        { directories, exists: (file) => there.has(file) },
      ).map(({ path: at, got }) => [at.join("."), got]);
    assert.deepEqual(missing("../chart", "/home/kubeconfig"), []);
    assert.deepEqual(missing("../longhorn.tgz"), []);
    assert.deepEqual(missing(), []);
    assert.deepEqual(missing("oci://registry.example.com/charts/longhorn"), []);
    assert.deepEqual(missing("../charts", "./kubeconfig"), [
      ["longhorn.chart", "/repo/charts"],
      ["cluster.kubeconfig", "/repo/stacks/kubeconfig"],
    ]);
  });
});
