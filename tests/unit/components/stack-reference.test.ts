import assert from "node:assert/strict";
import {
  credentialsIn,
  longhornIn,
  notDeployed,
  requireContract,
  storeIn,
  StackReferenceError,
} from "../../../components/stack-reference/read";
import { longhornOutputs as longhorn, photosOutputs as photos } from "./sample-outputs";

const stack = "organization/s3/prod";

const deploy = "Deploy it again from its project directory: pulumi up --stack organization/s3/prod";

/** What is refused comes as an error whose message Pulumi prints alone. */
function refused(work: () => unknown, message: string): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof StackReferenceError);
    assert.equal(error.message, message);
    return true;
  });
}

describe("the outputs of another stack", () => {
  it("are not there before it is deployed, and the words say what to run", () => {
    assert.equal(notDeployed(stack, 1), undefined);
    const missing =
      'Stack "organization/s3/prod" has no output "contractVersion": it is not deployed yet, has been destroyed, or is ' +
      "not a stack of longhorn-s3. Deploy it from its project directory: pulumi up --stack organization/s3/prod";
    assert.equal(notDeployed(stack, undefined), missing);
    refused(() => requireContract(stack, undefined), missing);
  });

  it("are refused in another version of the contract", () => {
    requireContract(stack, 1);
    const message = (found: string): string =>
      `Stack "organization/s3/prod" has outputs of an unsupported version: its output "contractVersion" ${found}, expected ` +
      "1. Use the same version of longhorn-s3 in both: npm install longhorn-s3@VERSION here, or pulumi up --stack " +
      "organization/s3/prod there";
    refused(() => requireContract(stack, 2), message("is 2"));
    refused(() => requireContract(stack, "hunter2"), message("is not a number"));
  });

  it("have the store of that name, or the only one", () => {
    assert.deepEqual(storeIn(stack, { photos, archive: photos }, "photos"), { name: "photos", outputs: photos });
    assert.deepEqual(storeIn(stack, { photos }), { name: "photos", outputs: photos });
  });

  it("are refused where it is open which store is meant", () => {
    refused(
      () => storeIn(stack, { archive: photos, photos }),
      'Stack "organization/s3/prod" has 2 stores: archive, photos. Name one: storeFromStack("organization/s3/prod", ' +
        '"archive")',
    );
    refused(
      () => storeIn(stack, {}),
      'Stack "organization/s3/prod" has no stores: its output "stores" is empty. Add one to its configuration, then: ' +
        "pulumi up --stack organization/s3/prod",
    );
  });

  it("are refused without the store, with the name that was most likely meant", () => {
    refused(
      () => storeIn(stack, { archive: photos, photos }, "fotos"),
      'Stack "organization/s3/prod" has no store "fotos" (did you mean "photos"?). Its stores: archive, photos. Name one of ' +
        "these, or add the store to the configuration of the stack, then: pulumi up --stack organization/s3/prod",
    );
    for (const inherited of ["toString", "__proto__"]) {
      assert.throws(() => storeIn(stack, { photos }, inherited), /has no store .*\. Its stores: photos\. Name/);
    }
  });

  it("are refused with everything that is wrong with the store, and without a value; another store does not matter", () => {
    const { endpoint, ...rest } = photos;
    refused(
      () => storeIn(stack, { photos: { ...rest, servicePort: endpoint }, archive: {} }, "photos"),
      'Stack "organization/s3/prod" has outputs that do not match the contract of longhorn-s3: stores.photos.endpoint is not a ' +
        `string; stores.photos.servicePort is not a number. ${deploy}`,
    );
    assert.equal(storeIn(stack, { photos, archive: {} }, "photos").name, "photos");
    refused(
      () => storeIn(stack, undefined),
      'Stack "organization/s3/prod" has outputs that do not match the contract of longhorn-s3: stores is not an object. ' +
        deploy,
    );
  });

  it("have the keys of the store; a message shows none of them", () => {
    const keys = { accessKeyId: "KEY", secretAccessKey: "hunter2" };
    assert.deepEqual(credentialsIn(stack, { photos: keys }, "photos"), keys);
    const message = (wrong: string): string =>
      `Stack "organization/s3/prod" has outputs that do not match the contract of longhorn-s3: ${wrong}. If its secrets ` +
      `cannot be decrypted here, configure its passphrase or secrets provider. ${deploy}`;
    refused(() => credentialsIn(stack, undefined, "photos"), message("credentials is not an object"));
    refused(() => credentialsIn(stack, "hunter2", "photos"), message("credentials is not an object"));
    refused(() => credentialsIn(stack, { archive: keys }, "photos"), message("credentials.photos is not an object"));
    refused(
      () => credentialsIn(stack, { photos: { ...keys, accessKeyId: ["hunter2"] } }, "photos"),
      message("credentials.photos.accessKeyId is not a string"),
    );
  });

  it("have the Longhorn as a store takes it, with what an older stack does not tell left open", () => {
    const { chartVersion: version, ...same } = longhorn;
    assert.deepEqual(longhornIn(stack, { ...longhorn, releaseName: "longhorn" }), {
      ...same,
      version,
      storageClassParameters: undefined,
      backupTarget: undefined,
    });
    const more = { storageClassParameters: { numberOfReplicas: "2" }, backupTarget: "s3://backups@eu-central-1/" };
    assert.deepEqual(longhornIn(stack, { ...longhorn, ...more }), { ...same, version, ...more });
  });

  it("are refused with a Longhorn that no store could be on", () => {
    const message = (wrong: string): string =>
      `Stack "organization/s3/prod" has outputs that do not match the contract of longhorn-s3: ${wrong}. ${deploy}`;
    refused(() => longhornIn(stack, undefined), message("longhorn is not an object"));
    refused(
      () => longhornIn(stack, { ...longhorn, namespace: 1, backupTarget: 1 }),
      message("longhorn.namespace is not a string; longhorn.backupTarget is not a string"),
    );
    refused(
      () => longhornIn(stack, { ...longhorn, podDeletionPolicy: "hunter2" }),
      message(
        "longhorn.podDeletionPolicy is none of do-nothing, delete-statefulset-pod, delete-deployment-pod, " +
          "delete-both-statefulset-and-deployment-pod",
      ),
    );
  });
});
