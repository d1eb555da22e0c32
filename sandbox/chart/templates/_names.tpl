{{/* Labels of every object. */}}
{{- define "longhorn.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "longhorn.namespace" -}}
{{ .Values.namespaceOverride | default .Release.Namespace }}
{{- end -}}

{{/* Name, namespace and labels of an object. Takes (dict "root" $ "name" …). */}}
{{- define "longhorn.metadata" -}}
name: {{ .name }}
namespace: {{ include "longhorn.namespace" .root }}
labels:
  {{- include "longhorn.labels" .root | nindent 2 }}
{{- end -}}

{{/*
An image reference. Takes (list $ .Values.image.…). The image's own registry comes last, after a default: it is never used.
That is what the real chart does.
*/}}
{{- define "longhorn.image" -}}
{{- $values := (index . 0).Values -}}
{{- $image := index . 1 -}}
{{- $registry := coalesce $values.global.imageRegistry $values.privateRegistry.registryUrl "docker.io" $image.registry -}}
{{ $registry }}/{{ $image.repository }}:{{ $image.tag }}
{{- end -}}
