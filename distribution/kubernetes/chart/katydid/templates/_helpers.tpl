{{/* The beginning of every name; with what is appended it fits into a label. */}}
{{- define "katydid.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "katydid.selector" -}}
app.kubernetes.io/name: katydid
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "katydid.tag" -}}
{{- .Values.image.tag | default .Chart.AppVersion -}}
{{- end -}}

{{- define "katydid.labels" -}}
{{ include "katydid.selector" . }}
app.kubernetes.io/version: {{ include "katydid.tag" . | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "katydid.scripts" -}}
{{- .Values.script.configMap | default (printf "%s-scripts" (include "katydid.name" .)) -}}
{{- end -}}

{{/* What a pod of a master and one of a worker have in common. */}}
{{- define "katydid.pod" -}}
automountServiceAccountToken: false
# Otherwise a Service gives each container variables such as KATYDID_MASTER_PORT, which could be taken for options.
enableServiceLinks: false
terminationGracePeriodSeconds: {{ add .Values.stopTimeout 30 }}
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: scripts
    configMap:
      name: {{ include "katydid.scripts" . }}
  {{- with .Values.token.secret }}
  - name: token
    secret:
      secretName: {{ . }}
      # 0440: the container's group is 0.
      defaultMode: 288
  {{- end }}
{{- end -}}

{{/* Where the pods of one role may run; called with the values of the role. */}}
{{- define "katydid.placement" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* What both containers have in common. */}}
{{- define "katydid.container" -}}
image: {{ printf "%s:%s" .Values.image.repository (include "katydid.tag" .) | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
{{- with .Values.env }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumeMounts:
  - name: scripts
    mountPath: /katydid/scripts
    readOnly: true
  {{- if .Values.token.secret }}
  - name: token
    mountPath: /katydid/token
    readOnly: true
  {{- end }}
{{- end -}}

{{/* The arguments of both. */}}
{{- define "katydid.args" -}}
- {{ printf "--locustfile=/katydid/scripts/%s" .Values.script.file | quote }}
- {{ printf "--stop-timeout=%ds" (int .Values.stopTimeout) | quote }}
{{- if .Values.token.secret }}
- {{ printf "--cluster-token-file=/katydid/token/%s" .Values.token.key | quote }}
{{- end }}
{{- end -}}

{{- define "katydid.masterPod" -}}
metadata:
  labels:
    {{- include "katydid.labels" . | nindent 4 }}
    app.kubernetes.io/component: master
  {{- with .Values.master.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- if eq .Values.kind "Job" }}
  restartPolicy: Never
  {{- end }}
  {{- include "katydid.pod" . | nindent 2 }}
  {{- include "katydid.placement" .Values.master | nindent 2 }}
  containers:
    - name: master
      {{- include "katydid.container" . | nindent 6 }}
      args:
        {{- include "katydid.args" . | nindent 8 }}
        - --master
        - --master-bind-port=5557
        - {{ printf "--expect-workers=%d" (int .Values.worker.replicas) | quote }}
        - --enable-rebalancing
        - --only-summary
        {{- with .Values.host }}
        - {{ printf "--host=%s" . | quote }}
        {{- end }}
        - {{ printf "--users=%d" (int .Values.users) | quote }}
        - {{ printf "--spawn-rate=%v" .Values.spawnRate | quote }}
        {{- if eq .Values.kind "Job" }}
        - --headless
        {{- with .Values.runTime }}
        - {{ printf "--run-time=%s" . | quote }}
        {{- end }}
        {{- else }}
        - --autostart
        {{- end }}
        {{- range .Values.master.args }}
        - {{ . | quote }}
        {{- end }}
      ports:
        - name: master
          containerPort: 5557
        {{- if eq .Values.kind "Deployment" }}
        - name: web
          containerPort: 8089
        {{- end }}
      # Workers find it when it listens. There is no liveness probe: a restart would end the test.
      readinessProbe:
        tcpSocket:
          port: master
        periodSeconds: 2
      resources:
        {{- toYaml .Values.master.resources | nindent 8 }}
{{- end -}}

{{- define "katydid.workerPod" -}}
metadata:
  labels:
    {{- include "katydid.labels" . | nindent 4 }}
    app.kubernetes.io/component: worker
  {{- with .Values.worker.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- if eq .Values.kind "Job" }}
  restartPolicy: OnFailure
  {{- end }}
  {{- include "katydid.pod" . | nindent 2 }}
  {{- include "katydid.placement" .Values.worker | nindent 2 }}
  containers:
    - name: worker
      {{- include "katydid.container" . | nindent 6 }}
      args:
        {{- include "katydid.args" . | nindent 8 }}
        - --worker
        - {{ printf "--master-host=%s-master" (include "katydid.name" .) | quote }}
        - --master-port=5557
        {{- range .Values.worker.args }}
        - {{ . | quote }}
        {{- end }}
      resources:
        {{- toYaml .Values.worker.resources | nindent 8 }}
{{- end -}}
