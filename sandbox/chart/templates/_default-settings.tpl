{{/* The lines of default-setting.yaml: the list of settings, each with its value if there is one. */}}
{{- define "longhorn.defaultSettings" -}}
{{- $settings := .Values.defaultSettings -}}
{{- $known := dict -}}
{{- $list := .Files.Get "default-settings.yaml" | fromYamlArray -}}
{{- range $list -}}
  {{- $_ := set $known .key true -}}
{{- end -}}
{{- range $key, $value := $settings -}}
  {{- if not (or (hasKey $known $key) (kindIs "invalid" $value)) -}}
    {{- fail (printf "defaultSettings.%s is not a setting of Longhorn's chart %s, which would drop it without a word; the file default-settings.yaml of this chart lists those it has" $key $.Chart.Version) -}}
  {{- end -}}
{{- end -}}
{{- range $list -}}
  {{- $value := index $settings .key -}}
  {{- if not (kindIs "invalid" $value) }}
{{ .setting }}: {{ include "longhorn.settingValue" (list .as $value) }}
  {{- end -}}
{{- end -}}
{{- end -}}

{{/* Takes (list plain|quoted|multiType value). */}}
{{- define "longhorn.settingValue" -}}
{{- $as := index . 0 -}}
{{- $value := index . 1 -}}
{{- if eq $as "plain" -}}
{{ $value }}
{{- else if and (eq $as "multiType") (kindIs "map" $value) -}}
{{ $value | toJson | quote }}
{{- else -}}
{{ $value | quote }}
{{- end -}}
{{- end -}}
