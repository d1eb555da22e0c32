import assert from "node:assert/strict";
import { KubeConfig } from "@kubernetes/client-node";
import { retried } from "../../../tool/waiting";
import { scaleAllBack, scaledToZeroAnnotation, scaleMarkOf } from "../../../tool/features/scale/scale-to-zero";

const marked = (text: string) => scaleMarkOf({ metadata: { annotations: { [scaledToZeroAnnotation]: text } } });

describe("the mark of a Deployment that is at 0 replicas for a while", () => {
  it("says since when, and how many there were", () => {
    assert.deepEqual(marked("2026-11-29T20:00:00Z 1"), { at: "2026-11-29T20:00:00Z", replicas: 1 });
    assert.deepEqual(marked("2026-11-29T20:00:00Z 2"), { at: "2026-11-29T20:00:00Z", replicas: 2 });
  });

  it("means one replica where somebody has made something else of it", () => {
    for (const text of ["", "yes", "2026-11-29T20:00:00Z", "2026-11-29T20:00:00Z many"]) {
      assert.equal(marked(text)?.replicas, 1, text);
    }
  });

  it("is none on any other Deployment", () => {
    assert.equal(scaleMarkOf({}), undefined);
    assert.equal(scaleMarkOf({ metadata: { annotations: { other: "x" } } }), undefined);
  });
});

describe("what has to be done although the cluster may not answer", () => {
  const patience = { forMs: 5_000, pauseMs: 0 };
  const noPatience = { forMs: 0, pauseMs: 0 };

  it("is tried again until it works", async () => {
    let done = 0;
    const work = () => (++done < 3 ? Promise.reject(new Error(`try ${done}`)) : Promise.resolve("whole"));
    assert.equal(await retried(work, patience), "whole");
    assert.equal(done, 3);
  });

  it("fails as the last try did", async () => {
    let done = 0;
    const failing = retried(() => Promise.reject(new Error(`try ${++done}`)), { forMs: 100, pauseMs: 1 });
    await assert.rejects(failing, (error: Error) => error.message === `try ${done}`);
    assert.ok(done > 1);
  });

  it("names every store that is left at 0 replicas, and says how to scale it back", async () => {
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: "gone", server: "https://127.0.0.1:1", skipTLSVerify: false },
      { name: "nobody" },
    );
    const stores = ["photos", "films"].map((name) => ({ namespace: "media", name }));
    await assert.rejects(scaleAllBack({ config, reachedBy: ["--context", "prod"] }, stores, noPatience), {
      message:
        /at 0 replicas.*\n {2}media\/photos: .*ECONNREFUSED.*\n {2}media\/films: .*\n.*longhorn-s3 move --undo --context prod$/s,
    });
    await scaleAllBack({ config, reachedBy: [] }, [], noPatience);
  });
});
