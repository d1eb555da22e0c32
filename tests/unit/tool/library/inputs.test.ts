import assert from "node:assert/strict";
import { secretsIn, withoutSecrets } from "../../../../tool/library/config-secrets";
import {
  checkInputs,
  deployStore,
  destroyStore,
  InvalidInputsError,
  previewStore,
  type StackConfig,
  type StoreEvent,
} from "../../../../tool/library";

const good: StackConfig = {
  existingLonghorn: { version: "1.12.1", storageClassName: "longhorn-s3", podDeletionPolicy: "do-nothing" },
  stores: { photos: { volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } } },
};

const withBackup: StackConfig = {
  longhorn: {
    backup: {
      target: "s3://backups@eu-central-1/",
      credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "swordfish-swordfish" },
    },
  },
  stores: {},
};

describe("inputs of the library", () => {
  const refusal = (inputs: unknown): InvalidInputsError => {
    try {
      checkInputs(inputs as Parameters<typeof checkInputs>[0]);
    } catch (error) {
      assert.ok(error instanceof InvalidInputsError);
      return error;
    }
    return assert.fail("nothing was refused");
  };

  it("are taken where they are good", () => {
    checkInputs({ stack: "photos", config: good });
    checkInputs({ stack: "organization/s3/photos", project: "s3", config: withBackup });
  });

  it("are refused all at once, by their fields, with ways out", () => {
    const error = refusal({
      stack: "two words",
      project: "a/b",
      config: {
        ...good,
        stores: { photos: { volume: { sise: "10Gi" }, failover: { onNodeFailure: "AssumeDead" } } },
      },
    });
    assert.equal(error.code, "invalid-inputs");
    assert.deepEqual(
      error.problems.map(({ field }) => field).sort(),
      [
        "config.existingLonghorn.podDeletionPolicy",
        "config.stores.photos.failover.acceptDataLossIfNodeIsAlive",
        "config.stores.photos.volume.sise",
        "project",
        "stack",
      ].sort(),
    );
    const typo = error.problems.find(({ field }) => field.endsWith("sise")) ?? assert.fail();
    assert.equal(typo.got, '"10Gi"');
    assert.match(
      typo.text,
      /fix: leave config\.stores\.photos\.volume\.sise out, config\.stores\.photos\.volume\.size: "10Gi"/,
    );
    for (const { text } of error.problems) assert.ok(error.message.includes(text));
    assert.doesNotMatch(error.message, /pulumi config/);
  });

  it("are refused without a word of the secrets beside", () => {
    const config = structuredClone(withBackup);
    Object.assign(config.longhorn?.backup?.credentials ?? assert.fail(), { secretAccesKey: "swordfish-swordfish" });
    const { message, problems } = refusal({ stack: "photos", config });
    assert.doesNotMatch(message + JSON.stringify(problems), /swordfish|AKIAEXAMPLE/);
  });

  it("may have what is undefined in them, and need a configuration", () => {
    checkInputs({ stack: "photos", config: { ...good, cluster: undefined } });
    assert.deepEqual(
      refusal({ stack: "photos" }).problems.map(({ field, got }) => [field, got]),
      [["config", "nothing"]],
    );
  });

  it("that are refused reject an operation, which ends with that as its last event", async () => {
    const bad = { stack: "two words", config: good };
    for (const operate of [deployStore, previewStore, destroyStore]) {
      const events: StoreEvent[] = [];
      const operation = operate({ ...bad, onEvent: (event) => events.push(event) });
      await assert.rejects(operation, InvalidInputsError, operate.name);
      assert.deepEqual(events, [{ type: "finished", outcome: "failed", code: "invalid-inputs" }], operate.name);
    }
  });

  it("are checked without a change of them", () => {
    const config = structuredClone(withBackup);
    checkInputs({ stack: "photos", config });
    assert.deepEqual(config, withBackup);
  });
});

describe("secrets of a configuration", () => {
  const secrets = secretsIn(withBackup);

  it("are found by where they stand", () => {
    assert.deepEqual(secrets, [
      { path: ["longhorn", "backup", "credentials", "accessKeyId"], value: "AKIAEXAMPLE" },
      { path: ["longhorn", "backup", "credentials", "secretAccessKey"], value: "swordfish-swordfish" },
    ]);
    assert.deepEqual(secretsIn(good), []);
  });

  it("are not in what is written as it is", () => {
    assert.deepEqual(withoutSecrets(withBackup, secrets), {
      longhorn: { backup: { target: "s3://backups@eu-central-1/", credentials: {} } },
      stores: {},
    });
  });
});
