// Package alertmanager has Prometheus Alertmanager's Mattermost receiver send
// alerts to the fake, from its configuration file on.
package alertmanager_test

import (
	"context"
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/prometheus/alertmanager/config"
	"github.com/prometheus/alertmanager/config/receiver"
	"github.com/prometheus/alertmanager/featurecontrol"
	"github.com/prometheus/alertmanager/notify"
	"github.com/prometheus/alertmanager/template"
	"github.com/prometheus/alertmanager/types"
	registry "github.com/prometheus/client_golang/prometheus"
	prometheus "github.com/prometheus/common/model"
	"github.com/prometheus/common/promslog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// configuration is an alertmanager.yml with a receiver that has the given lines
// besides its URL.
func configuration(hook *mmfake.IncomingWebhook, lines string) string {
	return fmt.Sprintf(`
route:
  receiver: ops
receivers:
  - name: ops
    mattermost_configs:
      - webhook_url: %s
%s`, hook.URL, lines)
}

// notifier is what Alertmanager makes of its configuration.
func notifier(t *testing.T, yaml string) notify.Integration {
	t.Helper()
	conf, err := config.Load(yaml)
	require.NoError(t, err)
	words, err := template.FromGlobs(nil)
	require.NoError(t, err)
	words.ExternalURL, err = url.Parse("http://alertmanager.test")
	require.NoError(t, err)
	integrations, err := receiver.BuildReceiverIntegrations(conf.Receivers[0], words, nil)
	require.NoError(t, err)
	require.Len(t, integrations, 1)
	return integrations[0]
}

// send has the notifier send the alert as part of a group, and again where that is
// of use, as Alertmanager does.
func send(t *testing.T, n notify.Integration, alert *types.Alert) error {
	ctx := notify.WithGroupKey(t.Context(), "{}:{alertname=\"DiskFull\"}")
	ctx = notify.WithReceiverName(ctx, "ops")
	ctx = notify.WithGroupLabels(ctx, prometheus.LabelSet{"alertname": "DiskFull"})
	ctx = notify.WithFiringAlerts(ctx, []uint64{1})
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	metrics := notify.NewMetrics(registry.NewRegistry(), featurecontrol.NoopFlags{})
	_, _, err := notify.NewRetryStage(n, "ops", metrics).Exec(ctx, promslog.NewNopLogger(), alert)
	return err
}

func diskFull() *types.Alert {
	return &types.Alert{Alert: prometheus.Alert{
		Labels:       prometheus.LabelSet{"alertname": "DiskFull", "severity": "critical"},
		Annotations:  prometheus.LabelSet{"summary": "/var is full"},
		StartsAt:     time.Now().Add(-time.Minute),
		GeneratorURL: "http://prometheus.test/graph",
	}}
}

func TestAnAlertIsPostedAndSoIsItsEnd(t *testing.T) {
	mm := mmfake.New(t)
	ops := mm.Channel("ops")
	n := notifier(t, configuration(mm.IncomingWebhook(ops), ""))
	is := assertions.New(t, mm)

	alert := diskFull()
	require.NoError(t, send(t, n, alert))
	is.Posted(mmfake.In(ops), mmfake.Contains("# Alerts Firing:"), mmfake.Contains("summary = /var is full"))

	alert.EndsAt = time.Now()
	require.NoError(t, send(t, n, alert))
	is.Posted(mmfake.In(ops), mmfake.Contains("# Alerts Resolved:"))
	is.Exchanged(2, recorder.Route("POST /hooks/{hook_id}"), recorder.Status(200))
}

func TestAnAlertHasAttachmentsACardAndAPriority(t *testing.T) {
	mm := mmfake.New(t)
	ops := mm.Channel("ops")
	night := mm.Channel("night-shift")
	n := notifier(t, configuration(mm.IncomingWebhook(ops), `
        channel: night-shift
        username: alertmanager
        text: '{{ .CommonAnnotations.summary }}'
        attachments:
          - color: '#ff0000'
            title: '{{ .GroupLabels.alertname }}'
            fields: [{title: Severity, value: '{{ .CommonLabels.severity }}', short: true}]
        props: {card: 'Runbook: free some space'}
        priority: {priority: urgent, requested_ack: true}
`))

	require.NoError(t, send(t, n, diskFull()))

	post := assertions.Require(t, mm).Posted(mmfake.In(night), mmfake.Text("/var is full"))
	assert.Equal(t, "alertmanager", post.Props["override_username"])
	assert.Equal(t, "Runbook: free some space", post.Props["card"])
	require.NotNil(t, post.Metadata.Priority)
	assert.Equal(t, "urgent", *post.Metadata.Priority.Priority)
	require.Len(t, post.Attachments(), 1)
	assert.Equal(t, "DiskFull", post.Attachments()[0].Title)
	assert.Equal(t, "critical", post.Attachments()[0].Fields[0].Value)
}

func TestAlertmanagerGivesUpWhenTheWebhookIsUnknown(t *testing.T) {
	mm := mmfake.New(t)
	hook := mm.IncomingWebhook(mm.Channel("ops"))
	n := notifier(t, configuration(&mmfake.IncomingWebhook{URL: hook.URL[:len(hook.URL)-1]}, ""))

	assert.ErrorContains(t, send(t, n, diskFull()), "status code 400")
	assertions.New(t, mm).Exchanged(1, recorder.OfKind(recorder.KindWebhook)) // a wrong URL will not become right
}

func TestAlertmanagerTriesAgainWhenTheServerIsOverloaded(t *testing.T) {
	mm := mmfake.New(t)
	ops := mm.Channel("ops")
	n := notifier(t, configuration(mm.IncomingWebhook(ops), ""))
	mm.Fail(recorder.OfKind(recorder.KindWebhook), mmfake.Status(503), mmfake.Times(1))

	require.NoError(t, send(t, n, diskFull()))

	is := assertions.New(t, mm)
	is.Exchanged(2, recorder.OfKind(recorder.KindWebhook))
	is.Posted(mmfake.In(ops), mmfake.Contains("DiskFull"))
}
