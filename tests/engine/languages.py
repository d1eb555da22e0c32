"""Deploys a second store with the generated SDK, by Python's Automation API, and prints its outputs.

Arguments: the folder of the plugin, a folder to work in. LONGHORN in the environment: the outputs of the stack with Longhorn.
"""

import json
import os
import sys

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi import automation

import pulumi_longhorn_s3 as s3

plugin, work_dir = sys.argv[1:]
longhorn = json.loads(os.environ["LONGHORN"])


def program() -> None:
    cluster = kubernetes.Provider("cluster", kubeconfig=os.environ["KUBECONFIG"], context="sandbox")
    store = s3.ObjectStore(
        "films",
        existing_longhorn=s3.LonghornReferenceArgs(
            version=longhorn["chartVersion"],
            storage_class_name=longhorn["storageClassName"],
            pod_deletion_policy=s3.PodDeletionPolicy(longhorn["podDeletionPolicy"]),
        ),
        volume=s3.VolumeArgs(size="1Gi"),
        failover=s3.FailoverArgs(on_node_failure=s3.OnNodeFailure.WAIT),
        deletion_protection=False,
        opts=pulumi.ResourceOptions(providers=[cluster]),
    )
    pulumi.export("serviceName", store.service_name)
    pulumi.export("secretAccessKey", store.secret_access_key)


os.makedirs(work_dir)
with open(os.path.join(work_dir, "Pulumi.yaml"), "w") as project:
    project.write(f"name: films\nruntime: python\npackages:\n  longhorn-s3: {plugin}\n")
stack = automation.create_or_select_stack(
    stack_name="python",
    project_name="films",
    program=program,
    opts=automation.LocalWorkspaceOptions(work_dir=work_dir),
)
outputs = stack.up(on_output=lambda line: print(line, file=sys.stderr)).outputs
stack.destroy(on_output=lambda line: print(line, file=sys.stderr))
print(json.dumps({name: {"value": output.value, "secret": output.secret} for name, output in outputs.items()}))
