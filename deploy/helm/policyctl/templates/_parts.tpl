{{/* The labels that select, and those that tell. */}}
{{- define "policyctl.labels" -}}
app.kubernetes.io/name: policyctl
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* Not empty where there may be more than one replica. */}}
{{- define "policyctl.several" -}}
{{- if or .Values.autoscaling.enabled (gt (int .Values.replicas) 1) }}yes{{ end }}
{{- end }}

{{/* Stops at what cannot work, in a sentence. */}}
{{- define "policyctl.require" -}}
{{- if and (include "policyctl.several" .) (not .Values.ledger.postgres.secret) }}
{{- fail "\n\nreplicas: only one can write a ledger that is a file. Name the Secret with the address of a PostgreSQL database in ledger.postgres.secret, or set replicas to 1 and autoscaling.enabled to false." }}
{{- end }}
{{- if gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas) }}
{{- fail "\n\nautoscaling: minReplicas is more than maxReplicas." }}
{{- end }}
{{- if and .Values.opa.sidecar.enabled (eq .Values.profile "eu-ai-act-high-risk") }}
{{- fail "\n\nopa.sidecar: profile eu-ai-act-high-risk takes no answer from an OPA that policyctl did not start itself. Set opa.sidecar.enabled to false, or choose another profile." }}
{{- end }}
{{- end }}

{{/* What every container may do: nothing beside its work. */}}
{{- define "policyctl.confined" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "policyctl.image" -}}
{{- required "\n\nimage: name policyctl's image, built with LOCK=admission, by its digest: registry.example.org/policyctl@sha256:…" .Values.image | quote }}
{{- end }}
