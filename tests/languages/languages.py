"""Deploys a second store with the generated SDK, by Python's Automation API, and prints its outputs.

Arguments: the folder of the plugin, a folder to work in. LONGHORN in the environment: the outputs of the stack with Longhorn.
"""

import json
import os
import sys

import pulumi
import pulumi_longhorn_s3 as s3
from pulumi import automation


def program() -> None:
    longhorn = json.loads(os.environ["LONGHORN"])
    store = s3.ObjectStore(
        "films",
        existing_longhorn=s3.LonghornReferenceArgs(
            version=longhorn["chartVersion"],
            storage_class_name=longhorn["storageClassName"],
            pod_deletion_policy=s3.PodDeletionPolicy(longhorn["podDeletionPolicy"]),
        ),
        volume=s3.VolumeArgs(size="1Gi"),
        failover=s3.FailoverArgs(on_node_failure=s3.OnNodeFailure.WAIT),
        gateway=s3.GatewayArgs(image=s3.ImageArgs(pre_pull=False)),
        pod=s3.PodArgs(env={"TZ": "UTC"}),
        deletion_protection=False,
    )
    pulumi.export("serviceName", store.service_name)
    pulumi.export("secretAccessKey", store.secret_access_key)


def main(plugin: str, work_dir: str) -> None:
    os.makedirs(work_dir)
    with open(os.path.join(work_dir, "Pulumi.yaml"), "w", encoding="utf-8") as project:
        project.write(f"name: films\nruntime: python\npackages:\n  longhorn-s3: {plugin}\n")
    stack = automation.create_or_select_stack(
        stack_name="python",
        project_name="films",
        program=program,
        opts=automation.LocalWorkspaceOptions(work_dir=work_dir),
    )
    outputs = stack.up(on_output=lambda line: print(line, file=sys.stderr)).outputs
    print(json.dumps({name: {"value": output.value, "secret": output.secret} for name, output in outputs.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
