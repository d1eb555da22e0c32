{{/* What all pods of a component share. Takes (list $ .Values.longhorn…). */}}
{{- define "longhorn.placement" -}}
{{- $values := (index . 0).Values -}}
{{- $component := index . 1 -}}
{{- with $component.tolerations | default $values.global.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $component.nodeSelector | default $values.global.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "longhorn.priority" -}}
{{- with .priorityClass }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* One name, a list of names, or a list of objects with a name. */}}
{{- define "longhorn.pullSecrets" -}}
{{- with coalesce .Values.global.imagePullSecrets .Values.privateRegistry.registrySecret }}
imagePullSecrets:
  {{- range kindIs "string" . | ternary (list .) . }}
  {{- kindIs "string" . | ternary (dict "name" .) . | list | toYaml | nindent 2 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* An environment variable from a field of the pod. Takes (list "NAME" "field"). */}}
{{- define "longhorn.fieldVariable" -}}
- name: {{ index . 0 }}
  valueFrom:
    fieldRef:
      fieldPath: {{ index . 1 }}
{{- end -}}

{{- define "longhorn.timezoneVariable" -}}
{{- with .Values.global.timezone }}
- name: TZ
  value: {{ . | quote }}
{{- end }}
{{- end -}}

{{- define "longhorn.distroVariable" -}}
{{- with .Values.longhornManager.distro }}
- name: LONGHORN_DISTRO
  value: {{ . | quote }}
{{- end }}
{{- end -}}
