import type { MappingInput } from './contract.ts';

/** A mapping to begin with, and a payload of the kind that it reads. Plain data: the dashboard shows it too. */
export type MappingPreset = {
  readonly id: string;
  readonly name: string;
  /** One sentence: what to set up at the sender. */
  readonly advice: string;
  readonly mapping: MappingInput;
  readonly sample: object;
};

const sentry: MappingPreset = {
  id: 'sentry',
  name: 'Sentry',
  advice: 'Make an internal integration with this address as its webhook URL and use it as an alert rule action.',
  mapping: {
    preset: 'sentry',
    title: '{{data.event.title | data.issue.title | data.description_title | data.error.title}}',
    dedupKey:
      '{{data.event.issue_id | data.issue.id | data.metric_alert.identifier | data.metric_alert.id | data.error.issue_id}}',
    status: { from: 'action', firing: [], resolved: ['resolved'], ignored: ['assigned', 'archived', 'ignored'] },
    severity: {
      from: '{{data.event.level | data.issue.level | data.error.level | action}}',
      values: {
        fatal: 'critical',
        critical: 'critical',
        error: 'error',
        warning: 'warning',
        info: 'info',
        debug: 'info',
      },
    },
    source: '{{data.issue.project.slug | data.event.project_slug | data.triggered_rule}}',
    url: '{{data.event.web_url | data.issue.web_url | data.issue.permalink | data.web_url}}',
    labels: {
      environment: '{{data.event.environment}}',
      rule: '{{data.triggered_rule}}',
      culprit: '{{data.event.culprit | data.issue.culprit}}',
    },
  },
  sample: {
    action: 'triggered',
    data: {
      event: {
        issue_id: '4183',
        title: 'TypeError: total is not a number',
        level: 'error',
        culprit: 'checkout/cart in addItem',
        environment: 'production',
        web_url: 'https://sentry.example.com/organizations/acme/issues/4183/',
      },
      triggered_rule: 'Errors in the checkout',
    },
  },
};

const cloudwatch: MappingPreset = {
  id: 'cloudwatch',
  name: 'Amazon CloudWatch (SNS)',
  advice: 'Subscribe this address to the alarm’s SNS topic (HTTPS, raw message delivery off), then confirm it here.',
  mapping: {
    preset: 'cloudwatch',
    title: '{{Message.AlarmName | Subject}}',
    dedupKey: '{{Message.AlarmArn | Message.AlarmName | Subject}}',
    status: { from: 'Message.NewStateValue', firing: ['ALARM'], resolved: ['OK'], ignored: ['INSUFFICIENT_DATA'] },
    source: '{{Message.Trigger.Namespace}}',
    labels: {
      region: '{{Message.Region}}',
      account: '{{Message.AWSAccountId}}',
      metric: '{{Message.Trigger.MetricName}}',
      reason: '{{Message.NewStateReason}}',
    },
  },
  sample: {
    Type: 'Notification',
    TopicArn: 'arn:aws:sns:eu-central-1:123456789012:alarms',
    Subject: 'ALARM: "cpu-high-web" in EU (Frankfurt)',
    Message: JSON.stringify({
      AlarmName: 'cpu-high-web',
      AlarmArn: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:cpu-high-web',
      AWSAccountId: '123456789012',
      NewStateValue: 'ALARM',
      OldStateValue: 'OK',
      NewStateReason: 'Threshold Crossed: 1 datapoint was greater than the threshold (80.0).',
      Region: 'EU (Frankfurt)',
      Trigger: { MetricName: 'CPUUtilization', Namespace: 'AWS/EC2' },
    }),
  },
};

const datadog: MappingPreset = {
  id: 'datadog',
  name: 'Datadog',
  advice: 'Make a webhook with this address and the payload of the sample, and name it in the monitor’s message.',
  mapping: {
    preset: 'datadog',
    title: '{{alert_title | title}}',
    dedupKey: '{{alert_cycle_key | alert_id | aggreg_key | id}}',
    status: { from: '{{alert_transition | transition}}', firing: [], resolved: ['Recovered'], ignored: [] },
    severity: {
      from: '{{priority | alert_type}}',
      values: {
        P1: 'critical',
        P2: 'error',
        P3: 'warning',
        P4: 'info',
        P5: 'info',
        error: 'error',
        warning: 'warning',
        success: 'info',
        info: 'info',
      },
    },
    source: '{{host | hostname}}',
    url: '{{link}}',
    labels: { host: '{{host | hostname}}', tags: '{{tags}}', metric: '{{alert_metric}}' },
  },
  // Datadog fills in its own variables: "title": "$EVENT_TITLE", "alert_id": "$ALERT_ID" and so on.
  sample: {
    id: '7340112233',
    title: '[Triggered] Queue of eu-1 is long',
    alert_title: 'Queue of eu-1 is long',
    alert_id: '99120',
    alert_cycle_key: '5512',
    alert_transition: 'Triggered',
    alert_type: 'error',
    priority: 'P2',
    host: 'eu-1',
    tags: 'team:payments,env:production',
    link: 'https://app.datadoghq.example.com/monitors/99120',
  },
};

const zabbix: MappingPreset = {
  id: 'zabbix',
  name: 'Zabbix',
  advice: 'Make a media type “Webhook” whose script posts the parameters of the sample as JSON to this address.',
  mapping: {
    preset: 'zabbix',
    title: '{{host}}: {{event_name}}',
    dedupKey: 'event_id',
    status: { from: 'event_value', firing: ['1', 'PROBLEM'], resolved: ['0', 'OK', 'RESOLVED'], ignored: [] },
    severity: {
      from: 'severity',
      values: {
        Disaster: 'critical',
        High: 'error',
        Average: 'warning',
        Warning: 'warning',
        Information: 'info',
        'Not classified': 'info',
        '5': 'critical',
        '4': 'error',
        '3': 'warning',
        '2': 'warning',
        '1': 'info',
        '0': 'info',
      },
    },
    source: 'host',
    url: 'url',
    labels: { host: 'host', tags: 'tags', trigger: 'trigger_id' },
  },
  // {EVENT.NAME}, {EVENT.ID}, {EVENT.VALUE}, {EVENT.SEVERITY}, {HOST.NAME}, {TRIGGER.ID}, {TRIGGER.URL}, {EVENT.TAGS}
  sample: {
    event_name: 'Disk space is low on /var',
    event_id: '880123',
    event_value: '1',
    severity: 'High',
    host: 'db1',
    trigger_id: '23100',
    url: 'https://zabbix.example.com/tr_events.php?triggerid=23100',
    tags: 'scope:capacity',
  },
};

const github: MappingPreset = {
  id: 'github',
  name: 'GitHub Actions',
  advice: 'Add a webhook with this address, content type application/json, and only the event “Workflow runs”.',
  mapping: {
    preset: 'github',
    title: '{{workflow_run.name}} failed on {{workflow_run.head_branch}} of {{repository.full_name}}',
    dedupKey: '{{repository.full_name}} {{workflow_run.workflow_id}} {{workflow_run.head_branch}}',
    status: {
      from: 'workflow_run.conclusion',
      firing: ['failure', 'timed_out', 'startup_failure'],
      resolved: ['success'],
      ignored: [],
      otherwise: 'ignored',
    },
    source: 'repository.full_name',
    url: 'workflow_run.html_url',
    labels: {
      branch: 'workflow_run.head_branch',
      event: 'workflow_run.event',
      commit: 'workflow_run.head_sha',
      actor: 'workflow_run.actor.login',
    },
  },
  sample: {
    action: 'completed',
    workflow_run: {
      id: 9001,
      name: 'Deploy',
      head_branch: 'main',
      head_sha: '4f2c7d1',
      event: 'push',
      status: 'completed',
      conclusion: 'failure',
      workflow_id: 77,
      html_url: 'https://github.com/acme/shop/actions/runs/9001',
      actor: { login: 'olive' },
    },
    repository: { full_name: 'acme/shop' },
  },
};

const social: MappingPreset = {
  id: 'social',
  name: 'Social media mentions',
  advice:
    'Let your listening tool (or a Zapier, Make or n8n step behind it) post each mention of you as the sample to this address.',
  mapping: {
    preset: 'social',
    title: '{{topic | query | keyword | alert_name}} on {{network | platform | site | source}}',
    // Who complains about the same is one alert, with a count.
    dedupKey: 'mentions of {{topic | query | keyword | alert_name}}',
    status: { from: '{{sentiment | tone}}', firing: ['negative', 'neutral'], resolved: [], ignored: ['positive'] },
    severity: {
      from: '{{sentiment | tone}}',
      values: { negative: 'warning', neutral: 'info' },
      otherwise: 'warning',
    },
    source: '{{author.username | author.name | author | username}}',
    url: '{{url | link | permalink}}',
    labels: {
      network: '{{network | platform | site | source}}',
      topic: '{{topic | query | keyword | alert_name}}',
      text: '{{text | content | message | snippet}}',
      sentiment: '{{sentiment | tone}}',
      reach: '{{reach | followers | author.followers}}',
    },
  },
  sample: {
    topic: 'Acme checkout',
    network: 'Mastodon',
    author: { username: '@olive@social.example.com', followers: 1840 },
    text: 'Cannot pay at Acme since this morning, the checkout just spins. Anybody else?',
    url: 'https://social.example.com/@olive/112233',
    sentiment: 'negative',
  },
};

/** What could be sent to the formatted webhook of Grafana OnCall, by tools that keep their payload. */
const grafanaOncall: MappingPreset = {
  id: 'grafana-oncall',
  name: 'Grafana OnCall (formatted webhook)',
  advice: 'Put this address in the place of the integration’s URL at each tool that sends to a formatted webhook.',
  mapping: {
    preset: 'grafana-oncall',
    title: '{{title | message}}',
    dedupKey: '{{alert_uid | title | message}}',
    status: { from: 'state', firing: ['alerting'], resolved: ['ok'], ignored: [] },
    url: '{{link_to_upstream_details | image_url}}',
    labels: { message: '{{message}}' },
  },
  sample: {
    alert_uid: '08d6891a-835c-e661-39fa-96b6a9e26552',
    title: 'The queue of eu-1 is long',
    state: 'alerting',
    message: 'Orders wait for 42 s, since the deployment at noon.',
    link_to_upstream_details: 'https://graphs.example.com/queues/eu-1',
    image_url: 'https://graphs.example.com/queues/eu-1.png',
  },
};

/** The generic API of GoAlert, as far as its senders use JSON. */
const goalert: MappingPreset = {
  id: 'goalert',
  name: 'GoAlert (generic API)',
  advice:
    'Put this address in the place of /api/v2/generic/incoming at each tool that sends it JSON; the token is ignored.',
  mapping: {
    preset: 'goalert',
    title: '{{summary}}',
    dedupKey: '{{dedup | summary}}',
    status: { from: 'action', firing: [], resolved: ['close'], ignored: [] },
    labels: { details: '{{details}}' },
  },
  sample: {
    summary: 'Disk of db1 is almost full',
    details: 'Below 3 % on /var since the import began.',
    dedup: 'disk-db1',
  },
};

/** Mappings for tools that many have, in the order of a list for people. */
export const MAPPING_PRESETS: readonly MappingPreset[] = [
  cloudwatch,
  datadog,
  github,
  goalert,
  grafanaOncall,
  sentry,
  social,
  zabbix,
];
