import type { Asked } from '../check/answer.ts';
import type { CheckRun, CheckWorld } from '../check/check-run.ts';
import { fault } from '../check/faults.ts';
import type { CheckSpec, ProtocolSpec, SpecOf } from '../check/spec.ts';
import { parseProtocolTarget, type Target } from '../check/target.ts';
import { PROTOCOL_KINDS, type ProtocolKind } from '../kind/kinds.ts';
import type { Protocol } from './protocol.ts';
import { askApi } from './api.ts';
import { askDns } from './dns.ts';
import { askDomain } from './domain.ts';
import { askExec } from './exec.ts';
import { askGrpc } from './grpc.ts';
import { askJourney } from './journey.ts';
import { askMail } from './mail.ts';
import { askMetric } from './metric.ts';
import { askMysql } from './mysql.ts';
import { askPing } from './ping.ts';
import { askPostgres } from './postgres.ts';
import { askRedis } from './redis.ts';
import { askTcp } from './tcp.ts';
import { askUdp } from './udp.ts';
import { askWebsocket } from './websocket.ts';

const PROTOCOLS: { readonly [Kind in ProtocolKind]: Protocol<Kind> } = {
  api: askApi,
  tcp: askTcp,
  ping: askPing,
  dns: askDns,
  redis: askRedis,
  postgres: askPostgres,
  mysql: askMysql,
  smtp: askMail,
  imap: askMail,
  pop3: askMail,
  websocket: askWebsocket,
  udp: askUdp,
  grpc: askGrpc,
  exec: askExec,
  domain: askDomain,
  metric: askMetric,
  journey: askJourney,
};

/** Asks once in the protocol of the spec's kind. */
export async function askProtocol(run: CheckRun, world: CheckWorld): Promise<Asked> {
  const { spec } = run;
  if (!isProtocolSpec(spec)) throw new TypeError('an HTTP check is asked elsewhere');
  const parsed = parseProtocolTarget(spec.kind, spec.url);
  if (!parsed.ok) return { error: fault('invalid-spec', parsed.fault), received: null };
  return maskSecrets(await ask(spec, parsed.target, run, world), spec);
}

function ask<Kind extends ProtocolKind>(spec: SpecOf<Kind>, target: Target, run: CheckRun, world: CheckWorld) {
  return PROTOCOLS[spec.kind](spec, target, run, world);
}

/** What we sent in secret is not shown because the other side repeats it. */
function maskSecrets(asked: Asked, { kind, options }: ProtocolSpec): Asked {
  const given: Readonly<Record<string, unknown>> = options;
  const secrets = PROTOCOL_KINDS[kind].secrets.flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
  if (secrets.length === 0) return asked;
  const mask = (text: string) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '[secret]'), text);
  const { error, received } = asked;
  const body = received === null ? null : mask(received.body.toString('utf8'));
  return {
    ...asked,
    error: error === null ? null : { ...error, message: mask(error.message) },
    received: received === null || body === null ? null : { ...received, body: Buffer.from(body) },
  };
}

function isProtocolSpec(spec: CheckSpec): spec is ProtocolSpec {
  return spec.kind !== 'http';
}
