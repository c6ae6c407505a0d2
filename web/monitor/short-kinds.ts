import type { MonitorKind } from '#monitor/contract';

/** What a kind is called beside a monitor's name. */
export const shortKinds: Readonly<Record<MonitorKind, string>> = {
  http: 'HTTP',
  api: 'API steps',
  journey: 'Journey',
  ping: 'Ping',
  dns: 'DNS',
  tcp: 'TCP',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  smtp: 'SMTP',
  imap: 'IMAP',
  pop3: 'POP3',
  websocket: 'WebSocket',
  udp: 'UDP',
  grpc: 'gRPC',
  metric: 'Metric',
  domain: 'Domain',
  exec: 'Program',
  redis: 'Redis',
  heartbeat: 'Heartbeat',
  value: 'Pushed value',
};
