import * as pulumi from "@pulumi/pulumi";
import { longhornFromStack, ObjectStore, OnNodeFailure } from "longhorn-s3";

export = async () => {
  const longhornStack = new pulumi.Config().require("longhornStack");
  const store = new ObjectStore("archive", {
    existingLonghorn: await longhornFromStack(longhornStack),
    volume: { size: "10Gi" },
    failover: { onNodeFailure: OnNodeFailure.Wait },
  });
  const { endpoint, accessKeyId, secretAccessKey } = store;
  return { endpoint, accessKeyId, secretAccessKey };
};
