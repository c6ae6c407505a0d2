import { z } from 'zod';
import type { Moved } from './contract.ts';
import { INTERVAL, type Notes, oneLine, plain, startDraft, TIMEOUT, within } from './draft.ts';
import { hostPort, rangesWhere } from './translate.ts';

const assertion = z.object({
  kind: z.string(),
  compare: z.string(),
  key: z.string().optional(),
  target: z.union([z.string(), z.number()]),
});
const monitor = z.object({
  name: z.string().default(''),
  description: z.string().default(''),
  frequency: z.string(),
  active: z.boolean().default(false),
  kind: z.string(),
  retry: z.number().default(3),
  timeout: z.number().default(45_000),
  degradedAfter: z.number().nullable().default(null),
  regions: z.array(z.string()).default([]),
  assertions: z.array(assertion).default([]),
  openTelemetry: z.unknown().optional(),
  request: z.object({
    url: z.string().default(''),
    method: z.string().default('GET'),
    headers: z.record(z.string(), z.coerce.string()).default({}),
    body: z.string().default(''),
    followRedirects: z.boolean().default(true),
    host: z.string().default(''),
    port: z.number().default(0),
  }),
});
/** Monitors by keys of their own, as the CLI of OpenStatus keeps them. */
export const openStatusFile = z.record(z.string(), monitor);

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };

/** What an `openstatus.yaml` becomes here. */
export function moveOpenStatus(file: z.output<typeof openStatusFile>, set: string): Moved {
  const draft = startDraft('openstatus');
  for (const [vendorKey, one] of Object.entries(file)) {
    const name = oneLine(one.name) || vendorKey;
    const thing = { kind: `${one.kind} monitor`, name, section: 'monitors', key: vendorKey } as const;
    draft.take(thing, (notes, key) => {
      const { request } = one;
      const asked =
        one.kind === 'tcp'
          ? { kind: 'tcp', url: `tcp://${hostPort(request.host, request.port)}` }
          : one.kind === 'http'
            ? {
                url: plain(request.url),
                ...(request.method === 'GET' ? {} : { method: request.method }),
                ...(Object.keys(request.headers).length === 0 ? {} : { headers: draft.headers(key, request.headers) }),
                ...(request.body === '' ? {} : { body: plain(request.body) }),
                ...(request.followRedirects ? {} : { maxRedirects: 0 }),
                ...assertionsOf(one.assertions, notes),
              }
            : null;
      if (asked === null) {
        notes.lost(`monitors of the kind ${one.kind} are not read; add it by hand`);
        return null;
      }
      if (one.description !== '') notes.lost('its description: monitors have none here, services do');
      if (one.openTelemetry !== undefined) notes.lost('OpenTelemetry: Prometheus reads /metrics here');
      if (one.retry > 0)
        notes.changed(
          `retried ${one.retry} times at once; here ${Math.min(one.retry, 19) + 1} checks in a row have to fail`,
        );
      if (one.timeout > TIMEOUT[1] * 1_000) notes.changed('waited for longer than the 60 s that are the most here');
      const [, count = '', unit = ''] = /^(\d+)([smh])$/.exec(one.frequency) ?? [];
      return {
        name: plain(name),
        ...(one.active ? {} : { paused: true }),
        intervalSeconds: within(Number(count) * (UNITS[unit] ?? 0) || 600, INTERVAL),
        timeoutSeconds: within(one.timeout / 1_000, TIMEOUT),
        ...(one.retry > 0 ? { confirm: { failures: Math.min(one.retry, 19) + 1 } } : {}),
        ...(one.degradedAfter === null || one.degradedAfter <= 0
          ? {}
          : { degradedAboveMs: within(Math.round(one.degradedAfter), [1, 60_000]) }),
        ...asked,
      };
    });
  }
  if (Object.values(file).some(({ regions }) => regions.length > 0))
    draft.remark(
      'Regions stay behind: everything is asked from this installation. Run a probe where it matters (docs/probes.md) and name its location in the file.',
    );
  return draft.end(set);
}

function assertionsOf(list: readonly z.output<typeof assertion>[], notes: Notes): { assertions?: unknown[] } {
  const found = list.flatMap(({ kind, compare, key, target }): Record<string, unknown>[] => {
    const value = plain(String(target));
    const left = () => {
      notes.lost(
        `the assertion ${kind}${key === undefined ? '' : ` ${key}`} ${compare} ${String(target).slice(0, 80)}`,
      );
      return [];
    };
    if (kind === 'statusCode') {
      const ranges = rangesWhere(compare, Number(target));
      return ranges === null ? left() : [{ kind: 'status', in: ranges }];
    }
    if (kind === 'header' && key !== undefined && (compare === 'eq' || compare === 'contains'))
      return [{ kind: 'header', name: key, test: compare === 'eq' ? 'equals' : 'contains', value }];
    if (kind === 'header' && key !== undefined && compare === 'not_empty')
      return [{ kind: 'header', name: key, test: 'matches', value: '.' }];
    if (kind !== 'textBody' || value === '') return left();
    if (compare === 'contains' || compare === 'not_contains')
      return [{ kind: 'body', test: compare === 'contains' ? 'contains' : 'not-contains', value }];
    if (compare !== 'eq') return left();
    notes.changed('the body has to contain the text, not to be it');
    return [{ kind: 'body', test: 'contains', value }];
  });
  return found.length === 0 ? {} : { assertions: found };
}
