import { JOURNEY_TEMPLATE, type ProtocolKind, RECORD_TYPES } from '#monitor/contract';
import { account, certificateFields, roadFields, mailFields, sqlFields, testChoices } from './common-options.ts';
import type { OptionField } from './option-field.ts';

interface KindWords {
  /** In lists of kinds. */
  readonly label: string;
  readonly placeholder: string;
  /** When it is up. */
  readonly hint: string;
  readonly fields: readonly OptionField[];
}
export const httpWords = {
  label: 'Website or API (HTTP)',
  placeholder: 'https://example.org/health',
  hint: 'Up while it answers with a status from 200 to 399.',
} as const;
export const kindWords: Readonly<Record<ProtocolKind, KindWords>> = {
  api: {
    label: 'API in several steps (HTTP)',
    placeholder: 'https://api.example.org',
    hint: 'Up while every step is answered as it should be. The addresses of steps are relative to this one.',
    fields: [
      ...certificateFields,
      {
        name: 'clientCertificatePem',
        label: 'Client certificate',
        aside: 'PEM',
        hint: 'For servers that ask who connects (mutual TLS).',
        input: 'area',
      },
      { name: 'clientKeyPem', label: 'Its key', aside: 'PEM, kept sealed', input: 'area' },
      ...roadFields,
    ],
  },
  journey: {
    label: 'Browser journey (Playwright script)',
    placeholder: 'https://shop.example.org/',
    hint: 'Where it starts, in a real Chromium. Up while the script below runs to its end.',
    fields: [
      {
        name: 'script',
        label: 'Script',
        aside: 'Playwright’s calls, or a whole Playwright test',
        hint: 'page, expect, step(name, …) and secret(name) are there; a path such as /login is one of the address above.',
        input: 'code',
        initial: JOURNEY_TEMPLATE,
        early: true,
        wide: true,
      },
      {
        name: 'secrets',
        label: 'Secrets',
        aside: 'one per line, NAME=value, kept sealed',
        hint: "Read by secret('NAME'). They are masked wherever text is kept; a picture of a failure shows what the page shows.",
        placeholder: 'PASSWORD=…',
        input: 'pairs',
        early: true,
        wide: true,
      },
      {
        name: 'screen',
        label: 'Screen',
        input: [
          ['desk', 'of a desk (1280 × 720)'],
          ['phone', 'of a phone (390 × 844, touch)'],
        ],
        initial: 'desk',
      },
      {
        name: 'skipVerification',
        label: 'Accept any certificate',
        hint: 'Chromium knows public authorities; for a private one, this is the way.',
        input: 'check',
        wide: true,
      },
    ],
  },
  ping: {
    label: 'Host (ping)',
    placeholder: 'ping://router.example.org',
    hint: 'Up while it answers ICMP echo requests; the average round trip is its time.',
    fields: [
      { name: 'count', label: 'Echo requests', aside: '1 to 5', input: 'number', initial: '3' },
      {
        name: 'lossPercent',
        label: 'Loss allowed',
        aside: '%',
        hint: 'Up while no more of them is lost.',
        input: 'number',
        initial: '50',
      },
    ],
  },
  dns: {
    label: 'Name (DNS)',
    placeholder: 'dns://example.org',
    hint: 'Up while the name has records of this type, and those that you expect.',
    fields: [
      {
        name: 'recordType',
        label: 'Record type',
        input: RECORD_TYPES.map((type) => [type, type] as const),
        initial: 'A',
        early: true,
      },
      {
        name: 'resolver',
        label: 'Ask',
        aside: 'optional',
        hint: 'A name server; without one, those of this machine.',
        placeholder: '192.0.2.53',
        input: 'text',
        early: true,
      },
      {
        name: 'expect',
        label: 'Expected answers',
        aside: 'optional, one per line',
        hint: 'As zone files write them: 192.0.2.7, or 10 mail.example.org.',
        input: 'lines',
        early: true,
        wide: true,
      },
      {
        name: 'match',
        label: 'These must be',
        input: [
          ['all', 'among the answers'],
          ['exactly', 'all there is'],
        ],
        initial: 'all',
      },
    ],
  },
  tcp: {
    label: 'Port (TCP or TLS)',
    placeholder: 'tcp://db.example.org:5432',
    hint: 'Up while it accepts connections. With tls:// its certificate is verified and its end is watched.',
    fields: [
      {
        name: 'expect',
        label: 'Expect',
        aside: 'optional',
        hint: 'Text that must come once connected.',
        input: 'text',
        early: true,
      },
      {
        name: 'send',
        label: 'Send',
        aside: 'optional',
        hint: 'Sent first; line ends are written \\r\\n.',
        input: 'text',
        early: true,
      },
      ...certificateFields,
    ],
  },
  postgres: {
    label: 'Database (PostgreSQL)',
    placeholder: 'postgres://db.example.org/shop',
    hint: 'Up while it answers a query. A user and password in the address go into the fields below.',
    fields: sqlFields,
  },
  mysql: {
    label: 'Database (MySQL or MariaDB)',
    placeholder: 'mysql://db.example.org/shop',
    hint: 'Up while it answers a query. A user and password in the address go into the fields below.',
    fields: sqlFields,
  },
  smtp: {
    label: 'Mail server (SMTP)',
    placeholder: 'smtp://mail.example.org',
    hint: 'Up while it greets. smtps:// speaks TLS from the first byte; the certificate is verified and its end is watched.',
    fields: mailFields,
  },
  imap: {
    label: 'Mailboxes (IMAP)',
    placeholder: 'imaps://mail.example.org',
    hint: 'Up while it greets. imaps:// speaks TLS from the first byte; the certificate is verified and its end is watched.',
    fields: mailFields,
  },
  pop3: {
    label: 'Mailboxes (POP3)',
    placeholder: 'pop3s://mail.example.org',
    hint: 'Up while it greets. pop3s:// speaks TLS from the first byte; the certificate is verified and its end is watched.',
    fields: mailFields,
  },
  websocket: {
    label: 'WebSocket',
    placeholder: 'wss://example.org/live',
    hint: 'Up while it opens and, where a message is expected, that comes.',
    fields: [
      {
        name: 'send',
        label: 'Send',
        aside: 'optional',
        hint: 'A text message, once it is open.',
        input: 'text',
        early: true,
      },
      {
        name: 'expect',
        label: 'Expect',
        aside: 'optional',
        hint: 'Text in a message that comes.',
        input: 'text',
        early: true,
      },
      { name: 'authorization', label: 'Authorization', aside: 'kept sealed', placeholder: 'Bearer …', input: 'secret' },
      { name: 'subprotocol', label: 'Subprotocol', aside: 'optional', input: 'text' },
      {
        name: 'headers',
        label: 'Headers',
        aside: 'one per line',
        placeholder: 'Origin: https://example.org',
        input: 'lines',
        wide: true,
      },
      ...certificateFields,
    ],
  },
  udp: {
    label: 'Datagrams (UDP)',
    placeholder: 'udp://game.example.org:27015',
    hint: 'Up while it answers what is sent.',
    fields: [
      {
        name: 'send',
        label: 'Send',
        aside: 'optional',
        hint: 'Bytes are written \\x00, line ends \\r\\n.',
        input: 'text',
        early: true,
      },
      {
        name: 'expect',
        label: 'Expect',
        aside: 'optional',
        hint: 'Without it, any answer will do.',
        input: 'text',
        early: true,
      },
    ],
  },
  grpc: {
    label: 'gRPC health',
    placeholder: 'grpc://orders.example.org:50051',
    hint: 'Up while the server says by grpc.health.v1 that it is serving. grpcs:// speaks TLS.',
    fields: [
      {
        name: 'service',
        label: 'Service',
        aside: 'optional',
        placeholder: 'shop.v1.Orders',
        hint: 'Without it, the server as a whole.',
        input: 'text',
        early: true,
      },
      { name: 'authorization', label: 'Authorization', aside: 'kept sealed', placeholder: 'Bearer …', input: 'secret' },
      ...certificateFields,
    ],
  },
  metric: {
    label: 'A metric (Prometheus query)',
    placeholder: 'https://prometheus.example.org',
    hint: 'The address of Prometheus, or of what answers like it. Unknown while it does not answer.',
    fields: [
      {
        name: 'query',
        label: 'Query',
        aside: 'PromQL',
        hint: 'Of several series, every one must hold.',
        input: 'text',
        initial: 'up',
        early: true,
        wide: true,
      },
      {
        name: 'test',
        label: 'All is well while it is',
        input: testChoices,
        initial: 'at-least',
        early: true,
      },
      { name: 'value', label: 'Value', input: 'number', initial: '1', early: true },
      {
        name: 'forSeconds',
        label: 'For, in seconds',
        hint: 'Down when it never held for so long; 0 looks at the moment.',
        input: 'number',
        initial: '0',
      },
      {
        name: 'noData',
        label: 'Without a value',
        input: [
          ['unknown', 'unknown'],
          ['down', 'down'],
          ['up', 'up'],
        ],
        initial: 'unknown',
      },
      { name: 'user', label: 'User', aside: 'optional', input: 'text' },
      { name: 'password', label: 'Password', aside: 'kept sealed', input: 'secret' },
      { name: 'bearerToken', label: 'Bearer token', aside: 'in place of them', input: 'secret', wide: true },
      {
        name: 'headers',
        label: 'Headers',
        aside: 'one per line',
        placeholder: 'X-Scope-OrgID: shop',
        input: 'lines',
        wide: true,
      },
      ...certificateFields,
    ],
  },
  domain: {
    label: 'Domain name (end of registration)',
    placeholder: 'domain://example.org',
    hint: 'Its registry is asked (RDAP), a few times a day.',
    fields: [
      {
        name: 'warnDays',
        label: 'Degraded below',
        aside: 'days left',
        input: 'number',
        initial: '30',
        early: true,
      },
      { name: 'downDays', label: 'Down below', aside: 'days left', input: 'number', initial: '7', early: true },
      {
        name: 'server',
        label: 'RDAP server',
        aside: 'optional',
        placeholder: 'https://rdap.example.org',
        hint: 'For registries that are not on the list of IANA.',
        input: 'text',
        wide: true,
      },
    ],
  },
  exec: {
    label: 'A program beside a probe (Nagios plugin)',
    placeholder: 'exec://check_disk',
    hint: 'Run by probes that were started with --programs. Exit code 0 is up, 1 degraded, 2 down, 3 unknown.',
    fields: [
      {
        name: 'args',
        label: 'Arguments',
        aside: 'one per line',
        placeholder: '-w\n10%\n-p\n/srv',
        hint: '{secret} stands for the secret.',
        input: 'lines',
        early: true,
        wide: true,
      },
      { name: 'secret', label: 'Secret', aside: 'kept sealed', input: 'secret', early: true },
    ],
  },
  redis: {
    label: 'Redis',
    placeholder: 'redis://cache.example.org',
    hint: 'Up while it answers. A user and password in the address go into the fields below; rediss:// speaks TLS.',
    fields: [
      ...account,
      {
        name: 'command',
        label: 'Command',
        hint: 'One that only reads, such as GET or LLEN.',
        input: 'text',
        initial: 'PING',
      },
      { name: 'expect', label: 'Expect', aside: 'optional', hint: 'Text that the reply must have.', input: 'text' },
      ...certificateFields,
    ],
  },
};
