import type { AlertSourceView } from './contract.ts';

/** What to write down at the sender: one or more texts to copy, each under a sentence that says where it goes. */
export type Snippet = { readonly where: string; readonly text: string };

export type Mapped = { readonly sample: string | null };

/**
 * How to make a tool send to a source; its key and address are filled in. `mapped` is there when it has a mapping:
 * `sample` is what that was last tried on, null where nothing was kept.
 */
export function snippetsOf(source: AlertSourceView, mapped: Mapped | null = null): readonly Snippet[] {
  switch (source.kind) {
    case 'generic':
      return [
        {
          where: 'The address, for a webhook of the tool or a script; it takes POST with JSON:',
          text: source.intakeUrl,
        },
        ...tryOf(source.intakeUrl, mapped),
      ];
    case 'alertmanager':
      return [
        { where: 'In alertmanager.yml, as a receiver; then name it in a route:', text: alertmanagerOf(source) },
        { where: 'Try it with amtool:', text: 'amtool alert add alertname=Test severity=warning instance=here' },
      ];
    case 'grafana':
      return [
        {
          where: 'Alerts & IRM → Contact points → Add contact point → integration “Webhook”; this is its URL:',
          text: source.intakeUrl,
        },
        { where: 'Or as a provisioning file (provisioning/alerting/allclear.yml):', text: grafanaOf(source) },
      ];
    case 'pagerduty':
      return pagerDutyOf(source);
    case 'opsgenie':
      return opsgenieOf(source);
    case 'ticket':
      return [...ticketOf(source), ...mailsOf(source)];
    case 'email':
      return mailsOf(source);
    case 'form':
      // Where the form is, its status page knows.
      return [];
  }
}

const OWN_WORDS =
  'Try it from a terminal; the same dedupKey again updates the alert, and with "status":"resolved" it closes it:';
const OWN = { title: 'Disk almost full', severity: 'error', dedupKey: 'disk-db1' };

function tryOf(url: string, mapped: Mapped | null): readonly Snippet[] {
  if (mapped === null) return [{ where: OWN_WORDS, text: curlOf(url, OWN) }];
  const body = mapped.sample === null ? undefined : parsed(mapped.sample);
  if (body === undefined) return [];
  return [{ where: 'Try it from a terminal, with what its mapping was tried on:', text: curlOf(url, body) }];
}

/** On one line, to be pasted anywhere; a quote in what a tool sends ends the text of the shell and begins it again. */
function curlOf(url: string, body: unknown): string {
  const json = JSON.stringify(body).replaceAll("'", String.raw`'\''`);
  return `curl -X POST ${url} -H 'content-type: application/json' --data-raw '${json}'`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Too long to be kept whole: half of it would be refused.
    return undefined;
  }
}

const TICKET = { id: 4711, subject: 'Cannot log in', url: 'https://desk.example.com/4711', requesters: 7 };

function ticketOf({ intakeUrl }: AlertSourceView): readonly Snippet[] {
  return [
    { where: 'The address for a webhook of the help desk, sent with every ticket:', text: intakeUrl },
    {
      where: 'Zendesk: a trigger for new tickets that notifies a webhook with this address, with this JSON:',
      text: `{"id": "{{ticket.id}}", "subject": "{{ticket.title}}", "url": "https://{{ticket.url}}", "status": "{{ticket.status}}"}`,
    },
    {
      where: 'Freshdesk: a rule for new tickets, action “Trigger webhook”, POST, JSON, advanced, with this content:',
      text: `{"id": "{{ticket.id}}", "subject": "{{ticket.subject}}", "url": "{{ticket.url}}", "status": "{{ticket.status}}"}`,
    },
    { where: 'Try it from a terminal; only id and subject are needed:', text: curlOf(intakeUrl, TICKET) },
  ];
}

/** The mail server of the domain takes it; none is named, since only the network knows which one that is. */
function mailsOf({ kind, mailAddress }: AlertSourceView): readonly Snippet[] {
  if (mailAddress === null) return [];
  const hint = 'with swaks; where the domain has no MX record yet, add --server and the host and port of this machine:';
  const line = (to: string, subject: string, body: string) =>
    `swaks --to '${to}' --header 'Subject: ${subject}' --body '${body}'`;
  if (kind === 'ticket')
    return [{ where: `Try a mail, ${hint}`, text: line(mailAddress, 'Cannot log in', 'Since noon') }];
  const disk = mailAddress.replace('@', '+disk-db1@');
  return [
    { where: `Try it from a terminal, ${hint}`, text: line(disk, 'Disk of db1 is full', '2 % are left') },
    { where: 'And what closes its alert:', text: line(disk, 'RESOLVED: disk of db1', '40 % are left') },
  ];
}

/** The form of a page, for other pages to lead to. */
export function formSnippets(pageUrl: string): readonly Snippet[] {
  const url = `${pageUrl}/report`;
  return [
    { where: 'The form, for a link in your help pages or an answer of your support:', text: url },
    { where: 'As HTML, for the foot of your own pages:', text: `<a href="${url}">Report a problem</a>` },
  ];
}

function alertmanagerOf({ intakeUrl }: AlertSourceView): string {
  return `receivers:
  - name: allclear
    webhook_configs:
      - url: ${intakeUrl}
        send_resolved: true
route:
  receiver: allclear
  group_wait: 0s`;
}

function grafanaOf({ intakeUrl }: AlertSourceView): string {
  return `apiVersion: 1
contactPoints:
  - orgId: 1
    name: Allclear
    receivers:
      - uid: allclear
        type: webhook
        settings:
          url: ${intakeUrl}
          httpMethod: POST`;
}

function pagerDutyOf({ intakeUrl, key }: AlertSourceView): readonly Snippet[] {
  const event = {
    routing_key: key,
    event_action: 'trigger',
    dedup_key: 'disk-db1',
    payload: { summary: 'Disk almost full', source: 'db1', severity: 'error' },
  };
  return [
    { where: 'The integration key (routing_key, or service_key in the first version):', text: key },
    {
      where: 'In alertmanager.yml, as a receiver; then name it in a route:',
      text: `receivers:
  - name: allclear
    pagerduty_configs:
      - routing_key: ${key}
        url: ${intakeUrl}`,
    },
    {
      where: 'With a client that takes only a host, such as @pagerduty/pdjs:',
      text: `event({ server: '${new URL(intakeUrl).host}', data: ${JSON.stringify(event)} })`,
    },
    {
      where: 'Try it from a terminal:',
      text: `curl -X POST ${intakeUrl} -H 'content-type: application/json' -d '${JSON.stringify(event)}'`,
    },
  ];
}

function opsgenieOf({ intakeUrl, key }: AlertSourceView): readonly Snippet[] {
  const base = intakeUrl.slice(0, -'v2/alerts'.length);
  return [
    { where: 'The address of the API, in the place of https://api.opsgenie.com:', text: base },
    { where: 'API key of the sender:', text: key },
    {
      where: 'In alertmanager.yml, as a receiver; then name it in a route:',
      text: `receivers:
  - name: allclear
    opsgenie_configs:
      - api_url: ${base}
        api_key: ${key}
        update_alerts: true`,
    },
    {
      where: 'Try it from a terminal:',
      text: `curl -X POST ${intakeUrl} -H 'authorization: GenieKey ${key}' -H 'content-type: application/json' -d '{"message":"Disk almost full","alias":"disk-db1","priority":"P2"}'`,
    },
  ];
}
