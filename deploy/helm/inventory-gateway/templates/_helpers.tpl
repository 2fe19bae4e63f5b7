{{- define "inventory-gateway.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "inventory-gateway.fullname" -}}
{{- $name := include "inventory-gateway.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "inventory-gateway.selector" -}}
app.kubernetes.io/name: {{ include "inventory-gateway.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "inventory-gateway.labels" -}}
{{ include "inventory-gateway.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "inventory-gateway.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "inventory-gateway.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* "true" where more than one pod may run at a time for long. */}}
{{- define "inventory-gateway.hasReplicas" -}}
{{- if or .Values.autoscaling.enabled (gt (int .Values.replicaCount) 1) }}true{{ end }}
{{- end }}

{{/* config, with what other values decide. */}}
{{- define "inventory-gateway.config" -}}
{{- $config := deepCopy .Values.config }}
{{- $_ := set $config "server" (default dict $config.server) }}
{{- $_ := set $config.server "operator" (merge (dict "port" (int .Values.ports.operator)) (default dict $config.server.operator)) }}
{{- if .Values.trustedDocuments.existingConfigMap }}
{{- $manifest := printf "/etc/inventory-gateway-documents/%s" .Values.trustedDocuments.key }}
{{- $_ := set $config "persisted" (merge (dict "manifest" $manifest) (default dict $config.persisted)) }}
{{- end }}
{{- toYaml $config }}
{{- end }}

{{/* Half of the memory limit, in MiB. */}}
{{- define "inventory-gateway.heap" -}}
{{- $memory := .Values.resources.limits.memory }}
{{- $number := regexFind "^[0-9]+" $memory | int }}
{{- if hasSuffix "Gi" $memory }}{{ mul $number 512 }}{{ else }}{{ div $number 2 }}{{ end }}
{{- end }}

{{/* Bytes of a quantity in Mi, Gi or Ti. */}}
{{- define "inventory-gateway.bytes" -}}
{{- $factor := ternary 1048576 (ternary 1073741824 1099511627776 (hasSuffix "Gi" .)) (hasSuffix "Mi" .) }}
{{- mul (regexFind "^[0-9]+" . | int64) $factor }}
{{- end }}

{{/* Ends a release whose values hold a secret themselves; never shows it. */}}
{{- define "inventory-gateway.reference" -}}
{{- if and .text (not (regexMatch `^\$\{(\w+|file:[^}]+)\}$` .text)) }}
{{- fail (printf "%s: expected a reference such as ${NAME} to a key of existingSecrets, or ${file:PATH} to a mounted one, got another text" .path) }}
{{- end }}
{{- end }}

{{/* Ends a release that would not work, with the value to change. */}}
{{- define "inventory-gateway.check" -}}
{{- $server := default dict .Values.config.server }}
{{- if or (hasKey $server "host") (hasKey $server "port") (hasKey (default dict $server.operator) "port") }}
{{- fail "config.server: expected no host, port or operator.port, got one; set ports.http and ports.operator" }}
{{- end }}
{{- range $i, $source := .Values.config.sources }}
{{- include "inventory-gateway.reference" (dict "path" (printf "config.sources[%d].apiKey" $i) "text" $source.apiKey) }}
{{- end }}
{{- range $i, $watch := .Values.config.watches }}
{{- range $j, $webhook := $watch.webhooks }}
{{- range $field := list "url" "secret" }}
{{- $path := printf "config.watches[%d].webhooks[%d].%s" $i $j $field }}
{{- include "inventory-gateway.reference" (dict "path" $path "text" (get $webhook $field)) }}
{{- end }}
{{- end }}
{{- end }}
{{- include "inventory-gateway.reference" (dict "path" "config.server.operator.token" "text" (default dict $server.operator).token) }}
{{- range $section := list "redis" "history" }}
{{- if hasKey (default dict (get $.Values.config $section)) "url" }}
{{- fail (printf "config.%s.url: expected nothing, got a URL, which may hold a password; name the Secret that holds it (%s.existingSecret)" $section (ternary "valkey" "postgresql" (eq $section "redis"))) }}
{{- end }}
{{- end }}
{{- if and .Values.trustedDocuments.existingConfigMap (hasKey (default dict .Values.config.persisted) "manifest") }}
{{- fail "config.persisted.manifest: expected nothing with trustedDocuments.existingConfigMap, which sets it" }}
{{- end }}
{{- $grace := add (div (add (int (default 15000 $server.shutdownGraceMs)) 999) 1000) (int .Values.preStopSeconds) }}
{{- if le (int .Values.terminationGracePeriodSeconds) (int $grace) }}
{{- fail (printf "terminationGracePeriodSeconds: expected more than the %d s of preStopSeconds and config.server.shutdownGraceMs, got %d" (int $grace) (int .Values.terminationGracePeriodSeconds)) }}
{{- end }}
{{- if (default dict .Values.config.index).directory }}
{{- fail "config.index.directory: expected nothing, or null to keep none, got a folder; the volume is where the gateway looks by itself" }}
{{- end }}
{{- if not .Values.postgresql.existingSecret }}
{{- $field := ternary "persistence.size" "persistence.ephemeralSize" .Values.persistence.enabled }}
{{- $size := ternary .Values.persistence.size .Values.persistence.ephemeralSize .Values.persistence.enabled }}
{{- $history := default dict .Values.config.history }}
{{- $most := int64 (default 2000000000 $history.maxBytes) }}
{{- $room := int64 (include "inventory-gateway.bytes" $size) }}
{{- if and (ne (toString $history.enabled) "false") (gt (mul 2 $most) $room) (not .Values.persistence.existingClaim) }}
{{- fail (printf "config.history.maxBytes: expected at most half of %s (%s), beyond which there is no room for snapshots, got %d" $field $size $most) }}
{{- end }}
{{- end }}
{{- if and .Values.serviceMonitor.enabled (not .Values.serviceMonitor.tokenSecret) (default dict $server.operator).token }}
{{- fail "serviceMonitor.tokenSecret: expected the Secret that holds config.server.operator.token, got none" }}
{{- end }}
{{- if .Values.autoscaling.enabled }}
{{- if gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas) }}
{{- fail (printf "autoscaling.minReplicas: expected at most autoscaling.maxReplicas (%d), got %d" (int .Values.autoscaling.maxReplicas) (int .Values.autoscaling.minReplicas)) }}
{{- end }}
{{- end }}
{{- if include "inventory-gateway.hasReplicas" . }}
{{- if not .Values.valkey.existingSecret }}
{{- fail "valkey.existingSecret: expected a Secret with the URL of a Valkey for several replicas, which share one budget through it, got none" }}
{{- end }}
{{- if .Values.config.watches }}
{{- fail "config.watches: expected none with several replicas, each of which would send the events; configure them in a release of one replica" }}
{{- end }}
{{- if .Values.persistence.enabled }}
{{- fail "persistence.enabled: expected false with several replicas, which cannot share a volume; keep their history in PostgreSQL (postgresql.existingSecret)" }}
{{- end }}
{{- end }}
{{- end }}
