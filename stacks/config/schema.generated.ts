// Made by `npm run generate` from the types and tags of the inputs: a change belongs there.
import type { Schema } from "../../components/validation/schema";

/** The schema of the stack's configuration, every key of it. */
export const configSchema: Schema = {
  type: "object",
  properties: {
    production: { type: "boolean", examples: [true] },
    cluster: {
      type: "object",
      properties: {
        kubeconfig: { type: "string", examples: ["./kubeconfig"] },
        context: { type: "string", examples: ["my-cluster"] },
      },
      additionalProperties: false,
    },
    longhorn: {
      type: "object",
      properties: {
        version: { type: "string", examples: ["1.12.1"] },
        chart: { type: "string", examples: ["./charts/longhorn"] },
        chartRepository: {
          type: "object",
          properties: {
            url: { type: "string", examples: ["https://charts.longhorn.io"] },
            username: { type: "string", examples: ["reader"] },
            password: { type: "string", writeOnly: true },
          },
          additionalProperties: false,
        },
        createNamespace: { type: "boolean", examples: [true] },
        images: {
          type: "object",
          properties: {
            registry: { type: "string", examples: ["registry.example.com"] },
            pullSecretName: { type: "string", examples: ["longhorn-registry"] },
            username: { type: "string", examples: ["reader"] },
            password: { type: "string", writeOnly: true },
          },
          additionalProperties: false,
        },
        placement: {
          type: "object",
          properties: {
            nodeSelector: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
            tolerations: {
              type: "array",
              items: {
                type: "object",
                properties: {
                  key: { type: "string", examples: ["dedicated"] },
                  operator: { type: "string", examples: ["Equal"] },
                  value: { type: "string", examples: ["storage"] },
                  effect: { type: "string", examples: ["NoSchedule"] },
                  tolerationSeconds: { type: "number", examples: [300] },
                },
                additionalProperties: false,
              },
            },
          },
          additionalProperties: false,
        },
        podDeletionPolicy: { type: "string", examples: ["do-nothing"] },
        kubeletRootDir: { type: "string", examples: ["/var/lib/kubelet"] },
        storageClass: {
          type: "object",
          properties: {
            name: { type: "string", examples: ["longhorn-s3"] },
            numberOfReplicas: { type: "number", examples: [3] },
            dataLocality: { type: "string", examples: ["disabled"] },
            staleReplicaTimeoutMinutes: { type: "number", examples: [2880] },
            fsType: { type: "string", examples: ["ext4"] },
            mkfsParams: { type: "string", examples: ["-O ^64bit,^metadata_csum"] },
            diskSelector: { type: "array", items: { type: "string", examples: ["ssd"] } },
            nodeSelector: { type: "array", items: { type: "string", examples: ["storage"] } },
            reclaimPolicy: { type: "string", examples: ["Retain"] },
            replicaAutoBalance: { type: "string", examples: ["ignored"] },
            encryption: {
              type: "object",
              properties: {
                secretName: { type: "string", examples: ["longhorn-crypto"] },
                secretNamespace: { type: "string", examples: ["longhorn-system"] },
              },
              additionalProperties: false,
            },
          },
          additionalProperties: false,
        },
        settings: { type: "object", additionalProperties: {} },
        backup: {
          type: "object",
          properties: {
            target: { type: "string", examples: ["s3://backups@eu-central-1/longhorn"] },
            credentials: {
              type: "object",
              properties: {
                accessKeyId: { type: "string", writeOnly: true },
                secretAccessKey: { type: "string", writeOnly: true },
                endpoint: { type: "string", examples: ["https://s3.example.com"] },
                virtualHostedStyle: { type: "boolean", examples: [false] },
                certificate: { type: "string", examples: ["-----BEGIN CERTIFICATE-----"] },
              },
              additionalProperties: false,
            },
            credentialSecretName: { type: "string", examples: ["longhorn-backup-target"] },
            pollIntervalSeconds: { type: "number", examples: [300] },
          },
          additionalProperties: false,
        },
        values: { type: "object", additionalProperties: {} },
        deletionProtection: { type: "boolean", examples: [true] },
        allowUninstall: { type: "boolean", examples: [false] },
      },
      additionalProperties: false,
    },
    existingLonghorn: {
      type: "object",
      properties: {
        version: { type: "string", examples: ["1.12.1"] },
        storageClassName: { type: "string", examples: ["longhorn-s3"] },
        podDeletionPolicy: { type: "string", examples: ["do-nothing"] },
        namespace: { type: "string", examples: ["longhorn-system"] },
        backupTarget: { type: "string", examples: ["s3://backups@eu-central-1/"] },
        storageClassParameters: { type: "object", additionalProperties: { type: "string", examples: ["3"] } },
      },
      additionalProperties: false,
    },
    fencing: {
      type: "object",
      properties: {
        remediator: { type: "string", examples: ["SelfNodeRemediation"] },
        unhealthySeconds: { type: "number", examples: [60] },
        minHealthy: { type: "string", examples: ["51%"] },
        nodeSelector: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
        namespace: { type: "string", examples: ["medik8s"] },
        fenceAgent: {
          type: "object",
          properties: {
            agent: { type: "string", examples: ["fence_ipmilan"] },
            sharedParameters: { type: "object", additionalProperties: { type: "string", examples: ["reboot"] } },
            nodeParameters: {
              type: "object",
              additionalProperties: {
                type: "object",
                additionalProperties: { type: "string", examples: ["192.0.2.1"] },
              },
            },
            credentials: { type: "object", additionalProperties: { type: "string", writeOnly: true } },
            credentialSecretName: { type: "string", examples: ["fence-agent-credentials"] },
            nodeCredentialSecretNames: {
              type: "object",
              additionalProperties: { type: "string", examples: ["fence-node-1"] },
            },
            timeoutSeconds: { type: "number", examples: [60] },
            retryCount: { type: "number", examples: [5] },
          },
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    stores: {
      type: "object",
      additionalProperties: {
        type: "object",
        properties: {
          failover: {
            type: "object",
            properties: {
              onNodeFailure: { type: "string", examples: ["Wait"] },
              acceptDataLossIfNodeIsAlive: { type: "boolean", examples: [false] },
              speed: { type: "string", examples: ["Balanced"] },
              tolerationSeconds: { type: "number", examples: [30] },
              terminationGracePeriodSeconds: { type: "number", examples: [10] },
              livenessFailureSeconds: { type: "number", examples: [60] },
              fencing: {
                type: "object",
                properties: {
                  remediator: { type: "string", examples: ["SelfNodeRemediation"] },
                  unhealthySeconds: { type: "number", examples: [60] },
                  timeoutSeconds: { type: "number", examples: [60] },
                  retryCount: { type: "number", examples: [5] },
                },
                additionalProperties: false,
              },
            },
            additionalProperties: false,
          },
          prediction: {
            type: "object",
            properties: {
              kubernetesVersion: { type: "string", examples: ["1.36"] },
              nodeMonitorGracePeriodSeconds: { type: "number", examples: [50] },
              attachDetachReconcileSyncPeriodSeconds: { type: "number", examples: [60] },
              nodes: { type: "number", examples: [3] },
              objects: { type: "number", examples: [100000] },
            },
            additionalProperties: false,
          },
          namespace: { type: "string", examples: ["photos"] },
          createNamespace: { type: "boolean", examples: [true] },
          volume: {
            type: "object",
            properties: {
              size: { type: "string", examples: ["10Gi"] },
              existing: {
                type: "object",
                properties: {
                  persistentVolumeName: { type: "string", examples: ["pvc-00000000-0000-0000-0000-000000000000"] },
                },
                additionalProperties: false,
              },
              fromBackup: { type: "string", examples: ["s3://backups@eu-central-1/?backup=backup-1&volume=pvc-1"] },
              recurringJobs: {
                type: "array",
                items: {
                  type: "object",
                  properties: {
                    name: { type: "string", examples: ["nightly"] },
                    task: { type: "string", examples: ["backup"] },
                    cron: { type: "string", examples: ["0 2 * * *"] },
                    retain: { type: "number", examples: [7] },
                    concurrency: { type: "number", examples: [1] },
                  },
                  additionalProperties: false,
                },
              },
              accessMode: { type: "string", examples: ["ReadWriteOncePod"] },
            },
            additionalProperties: false,
          },
          gateway: {
            type: "object",
            properties: {
              engine: { type: "string", examples: ["S3gw"] },
              image: {
                type: "object",
                properties: {
                  reference: { type: "string", examples: ["quay.io/s3gw/s3gw:v0.23.0"] },
                  pullSecrets: { type: "array", items: { type: "string", examples: ["registry"] } },
                  prePull: { type: "boolean", examples: [true] },
                  upgrade: {
                    type: "object",
                    properties: {
                      snapshot: { type: "string", examples: ["before-change"] },
                      skipSnapshotFor: { type: "string", examples: ["quay.io/s3gw/s3gw:v0.23.0"] },
                    },
                    additionalProperties: false,
                  },
                },
                additionalProperties: false,
              },
              s3gw: {
                type: "object",
                properties: {
                  logLevel: { type: "string", examples: ["low"] },
                  arguments: { type: "object", additionalProperties: { type: "string", examples: ["600"] } },
                },
                additionalProperties: false,
              },
              credentials: {
                type: "object",
                properties: { existingSecretName: { type: "string", examples: ["photos-credentials"] } },
                additionalProperties: false,
              },
            },
            additionalProperties: false,
          },
          pod: {
            type: "object",
            properties: {
              resources: {
                type: "object",
                properties: {
                  requests: { type: "object", additionalProperties: { type: "string", examples: ["1Gi"] } },
                  limits: { type: "object", additionalProperties: { type: "string", examples: ["4Gi"] } },
                },
                additionalProperties: false,
              },
              nodeSelector: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
              affinity: {
                type: "object",
                properties: {
                  nodeAffinity: {
                    type: "object",
                    properties: {
                      requiredDuringSchedulingIgnoredDuringExecution: {
                        type: "object",
                        properties: {
                          nodeSelectorTerms: {
                            type: "array",
                            items: {
                              type: "object",
                              properties: {
                                matchExpressions: {
                                  type: "array",
                                  items: {
                                    type: "object",
                                    properties: {
                                      key: { type: "string", examples: ["topology.kubernetes.io/zone"] },
                                      operator: { type: "string", examples: ["In"] },
                                      values: { type: "array", items: { type: "string", examples: ["zone-a"] } },
                                    },
                                    additionalProperties: false,
                                  },
                                },
                              },
                              additionalProperties: false,
                            },
                          },
                        },
                        additionalProperties: false,
                      },
                      preferredDuringSchedulingIgnoredDuringExecution: {
                        type: "array",
                        items: {
                          type: "object",
                          properties: {
                            weight: { type: "number", examples: [100] },
                            preference: {
                              type: "object",
                              properties: {
                                matchExpressions: {
                                  type: "array",
                                  items: {
                                    type: "object",
                                    properties: {
                                      key: { type: "string", examples: ["topology.kubernetes.io/zone"] },
                                      operator: { type: "string", examples: ["In"] },
                                      values: { type: "array", items: { type: "string", examples: ["zone-a"] } },
                                    },
                                    additionalProperties: false,
                                  },
                                },
                              },
                              additionalProperties: false,
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                    },
                    additionalProperties: false,
                  },
                  podAffinity: {
                    type: "object",
                    properties: {
                      requiredDuringSchedulingIgnoredDuringExecution: {
                        type: "array",
                        items: {
                          type: "object",
                          properties: {
                            topologyKey: { type: "string", examples: ["kubernetes.io/hostname"] },
                            labelSelector: {
                              type: "object",
                              properties: {
                                matchLabels: {
                                  type: "object",
                                  additionalProperties: { type: "string", examples: ["s3gw"] },
                                },
                                matchExpressions: {
                                  type: "array",
                                  items: {
                                    type: "object",
                                    properties: {
                                      key: { type: "string", examples: ["app.kubernetes.io/name"] },
                                      operator: { type: "string", examples: ["In"] },
                                      values: { type: "array", items: { type: "string", examples: ["s3gw"] } },
                                    },
                                    additionalProperties: false,
                                  },
                                },
                              },
                              additionalProperties: false,
                            },
                            namespaces: { type: "array", items: { type: "string", examples: ["photos"] } },
                          },
                          additionalProperties: false,
                        },
                      },
                      preferredDuringSchedulingIgnoredDuringExecution: {
                        type: "array",
                        items: {
                          type: "object",
                          properties: {
                            weight: { type: "number", examples: [100] },
                            podAffinityTerm: {
                              type: "object",
                              properties: {
                                topologyKey: { type: "string", examples: ["kubernetes.io/hostname"] },
                                labelSelector: {
                                  type: "object",
                                  properties: {
                                    matchLabels: {
                                      type: "object",
                                      additionalProperties: { type: "string", examples: ["s3gw"] },
                                    },
                                    matchExpressions: {
                                      type: "array",
                                      items: {
                                        type: "object",
                                        properties: {
                                          key: { type: "string", examples: ["app.kubernetes.io/name"] },
                                          operator: { type: "string", examples: ["In"] },
                                          values: { type: "array", items: { type: "string", examples: ["s3gw"] } },
                                        },
                                        additionalProperties: false,
                                      },
                                    },
                                  },
                                  additionalProperties: false,
                                },
                                namespaces: { type: "array", items: { type: "string", examples: ["photos"] } },
                              },
                              additionalProperties: false,
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                    },
                    additionalProperties: false,
                  },
                  podAntiAffinity: {
                    type: "object",
                    properties: {
                      requiredDuringSchedulingIgnoredDuringExecution: {
                        type: "array",
                        items: {
                          type: "object",
                          properties: {
                            topologyKey: { type: "string", examples: ["kubernetes.io/hostname"] },
                            labelSelector: {
                              type: "object",
                              properties: {
                                matchLabels: {
                                  type: "object",
                                  additionalProperties: { type: "string", examples: ["s3gw"] },
                                },
                                matchExpressions: {
                                  type: "array",
                                  items: {
                                    type: "object",
                                    properties: {
                                      key: { type: "string", examples: ["app.kubernetes.io/name"] },
                                      operator: { type: "string", examples: ["In"] },
                                      values: { type: "array", items: { type: "string", examples: ["s3gw"] } },
                                    },
                                    additionalProperties: false,
                                  },
                                },
                              },
                              additionalProperties: false,
                            },
                            namespaces: { type: "array", items: { type: "string", examples: ["photos"] } },
                          },
                          additionalProperties: false,
                        },
                      },
                      preferredDuringSchedulingIgnoredDuringExecution: {
                        type: "array",
                        items: {
                          type: "object",
                          properties: {
                            weight: { type: "number", examples: [100] },
                            podAffinityTerm: {
                              type: "object",
                              properties: {
                                topologyKey: { type: "string", examples: ["kubernetes.io/hostname"] },
                                labelSelector: {
                                  type: "object",
                                  properties: {
                                    matchLabels: {
                                      type: "object",
                                      additionalProperties: { type: "string", examples: ["s3gw"] },
                                    },
                                    matchExpressions: {
                                      type: "array",
                                      items: {
                                        type: "object",
                                        properties: {
                                          key: { type: "string", examples: ["app.kubernetes.io/name"] },
                                          operator: { type: "string", examples: ["In"] },
                                          values: { type: "array", items: { type: "string", examples: ["s3gw"] } },
                                        },
                                        additionalProperties: false,
                                      },
                                    },
                                  },
                                  additionalProperties: false,
                                },
                                namespaces: { type: "array", items: { type: "string", examples: ["photos"] } },
                              },
                              additionalProperties: false,
                            },
                          },
                          additionalProperties: false,
                        },
                      },
                    },
                    additionalProperties: false,
                  },
                },
                additionalProperties: false,
              },
              tolerations: {
                type: "array",
                items: {
                  type: "object",
                  properties: {
                    key: { type: "string", examples: ["dedicated"] },
                    operator: { type: "string", examples: ["Equal"] },
                    value: { type: "string", examples: ["storage"] },
                    effect: { type: "string", examples: ["NoSchedule"] },
                    tolerationSeconds: { type: "number", examples: [300] },
                  },
                  additionalProperties: false,
                },
              },
              priorityClassName: { type: "string", examples: ["storage"] },
              env: { type: "object", additionalProperties: { type: "string", examples: ["UTC"] } },
            },
            additionalProperties: false,
          },
          service: {
            type: "object",
            properties: {
              name: { type: "string", examples: ["photos"] },
              type: { type: "string", examples: ["ClusterIP"] },
              port: { type: "number", examples: [80] },
              annotations: { type: "object", additionalProperties: { type: "string", examples: ["internal"] } },
              loadBalancerSourceRanges: { type: "array", items: { type: "string", examples: ["192.0.2.0/24"] } },
            },
            additionalProperties: false,
          },
          dnsNames: { type: "array", items: { type: "string", examples: ["s3.example.com"] } },
          labels: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
          annotations: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
          clusterDomain: { type: "string", examples: ["cluster.local"] },
          deletionProtection: { type: "boolean", examples: [true] },
        },
        additionalProperties: false,
      },
    },
    adopt: { type: "object", additionalProperties: { type: "string", examples: ["photos/photos-data"] } },
  },
  additionalProperties: false,
};
