import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { setOutputs } from "../outputs";
import { ChildResources } from "../child-resources";
import { refuse } from "../validation/violations";
import { resolveLonghornArgs, type LonghornArgs, type ResolvedLonghornArgs } from "./args";
import { createCredentialSecret, warnWithoutBackup } from "./backup";
import { unreadKeyWarnings } from "./chart-keys";
import { createRegistrySecret } from "./images";
import { createNamespace } from "./namespace";
import { overrideWarnings } from "./values-override";
import type { PodDeletionPolicy } from "./pod-deletion-policy";
import { referenceTo, type LonghornReference } from "./reference";
import { createRelease } from "./release";
import { combinationWarnings } from "./settings/combinations";
import { createStorageClass } from "./storage-class";
import { isSameMinor, isVersion } from "./version";

/**
 * Longhorn by its Helm chart: namespace, release, a StorageClass for stores and the Secrets that it needs, with every setting
 * written on which it depends that a store survives the loss of a node. A cluster can have one.
 *
 * @example
 * const longhorn = new Longhorn("longhorn", { podDeletionPolicy: PodDeletionPolicy.DeleteDeploymentPod });
 * new ObjectStore("photos", { existingLonghorn: longhorn.reference, ... }, { dependsOn: longhorn });
 */
export class Longhorn extends pulumi.ComponentResource {
  /** Namespace that Longhorn runs in. */
  declare public readonly namespace: pulumi.Output<string>;
  /** Name of the Helm release. */
  declare public readonly releaseName: pulumi.Output<string>;
  /** Version of the chart that is installed. */
  declare public readonly chartVersion: pulumi.Output<string>;
  /** The StorageClass for stores. */
  declare public readonly storageClassName: pulumi.Output<string>;
  /** What Longhorn does with the pods of a node that is down. */
  declare public readonly podDeletionPolicy: pulumi.Output<PodDeletionPolicy>;

  constructor(name: string, args: LonghornArgs, opts?: pulumi.ComponentResourceOptions) {
    const resolved = resolveLonghornArgs(name, args);
    super("longhorn-s3:index:Longhorn", name, {}, opts);
    const child = { parent: this, ...(resolved.deletionProtection && { protect: true }) };

    const namespace = createNamespace(name, resolved, child);
    // Before the release, so that a destroy, which is refused at the release, has not deleted it by then.
    const storageClass = createStorageClass(name, resolved.storageClass, { parent: this });
    const inNamespace = { parent: this, dependsOn: given(namespace) };
    const pullSecret = createRegistrySecret(name, resolved.images, inNamespace);
    const backupSecret = createCredentialSecret(name, resolved.backup, inNamespace);
    const before = given(namespace, storageClass, pullSecret, backupSecret);
    const release = createRelease(name, resolved, { ...child, dependsOn: before });
    warnWithoutBackup(resolved.backup, this);
    for (const text of warningsAbout(resolved)) void pulumi.log.warn(text, this);
    children.keep(this, { release, storageClass, reference: referenceTo(resolved) });

    this.registerOutputs(
      setOutputs<Longhorn>(this, {
        namespace: namespace?.metadata.name ?? pulumi.output(resolved.namespace),
        releaseName: release.name,
        chartVersion: installedVersion(name, release, resolved.version),
        storageClassName: storageClass.metadata.name,
        podDeletionPolicy: pulumi.output(resolved.podDeletionPolicy),
      }),
    );
  }

  /** What a store needs to know of this Longhorn: its `existingLonghorn`. */
  get reference(): LonghornReference {
    return children.of(this).reference;
  }

  get release(): k8s.helm.v3.Release {
    return children.of(this).release;
  }

  get storageClass(): k8s.storage.v1.StorageClass {
    return children.of(this).storageClass;
  }
}

interface LonghornChildren {
  release: k8s.helm.v3.Release;
  storageClass: k8s.storage.v1.StorageClass;
  reference: LonghornReference;
}

const children = new ChildResources<Longhorn, LonghornChildren>();

/** Returns warnings about inputs that are valid and may have no effect. */
function warningsAbout({ settings, values, version }: ResolvedLonghornArgs): string[] {
  return [
    ...combinationWarnings(settings),
    ...overrideWarnings(values, version),
    ...unreadKeyWarnings(values, version),
  ];
}

function given(...resources: (pulumi.Resource | undefined)[]): pulumi.Resource[] {
  return resources.filter((resource) => resource !== undefined);
}

/** The chart's version as Helm read it. A chart from a path can be of another one than it was said to be. */
function installedVersion(name: string, release: k8s.helm.v3.Release, version: string): pulumi.Output<string> {
  return release.status.version.apply((installed) => {
    if (isVersion(installed) && !isSameMinor(installed, version)) {
      const allowed = `the version of the chart, ${installed}, since settings and access mode are chosen for it`;
      refuse(`Longhorn "${name}"`, [
        { field: "version", got: version, allowed, fixes: [{ field: "version", value: installed }] },
      ]);
    }
    return installed;
  });
}
