import { AppError } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from '../alert/alert.ts';
import { selectAlertSource } from '../alert-source/store.ts';
import { applyMapping, compileMapping } from '../mapping/mapping.ts';
import { selectMapping } from '../mapping/store.ts';
import { readAlertBody } from '../opsgenie/alert-body.ts';
import { readEvent } from '../pagerduty/event.ts';
import { readEventV1 } from '../pagerduty/event-v1.ts';
import { isRecord } from '../pagerduty/field.ts';
import { type Claim, withSource } from '../signal/claim.ts';
import type { IntakeBody } from '../signal/contract.ts';
import { formatOfKind, readFormat } from '../signal/group-format.ts';
import { readIntake, readShallowJson } from '../signal/intake-body.ts';

/** What routes are tried on. */
export type Tried = Pick<Alert, 'title' | 'severity' | 'source' | 'alertSourceId' | 'serviceId' | 'labels'>;

const bytesOf = new TextEncoder();

/**
 * What a payload would become, by the format of its source; without a source it is our own JSON. Null when there is no such
 * source; refuses, with the reason, what the intake would refuse.
 */
export async function readPayload(
  ctx: Ctx,
  sourceId: string | null,
  payload: string,
): Promise<readonly Tried[] | null> {
  const bytes = bytesOf.encode(payload.toWellFormed());
  if (sourceId === null) return [ofBody(readOwn(bytes), null, null)];
  const source = await selectAlertSource(ctx, sourceId);
  if (!source) return null;
  const format = formatOfKind(source.kind);
  if (format !== null) {
    const read = readFormat(format, valueIn(bytes));
    if (!read.ok) return refuse(read.errors);
    return read.claims.map((claim) => ofClaim(claim, source));
  }
  if (source.kind === 'pagerduty') return [ofClaim(pagerDutyIn(valueIn(bytes)), source)];
  if (source.kind === 'opsgenie') return [ofClaim(opsgenieIn(valueIn(bytes)), source)];
  const row = source.kind === 'generic' ? await selectMapping(ctx.transaction, source) : null;
  if (row === null) return [ofBody(readOwn(bytes), source.id, source.serviceId)];
  const mapped = applyMapping(compileMapping(row.mapping), valueIn(bytes));
  if (mapped.outcome === 'refused') return refuse(mapped.errors);
  if (mapped.outcome === 'ignored') return [];
  return [ofBody(mapped.body, source.id, source.serviceId)];
}

type Asked = { readonly id: string; readonly serviceId: string | null };

function ofClaim({ title, severity, labels }: Claim, { id, serviceId }: Asked): Tried {
  return { title, severity, labels, source: 'intake', alertSourceId: id, serviceId };
}

function pagerDutyIn(value: unknown): Claim {
  const body = isRecord(value) ? value : {};
  const read = 'event_type' in body ? readEventV1(body, '') : readEvent(body, '');
  if (!read.ok) return refuse(read.errors.map((message) => ({ message })));
  return read.event.act === 'acknowledge'
    ? refuse([{ message: 'acknowledges, and only a trigger is decided about' }])
    : read.event.claim;
}

function opsgenieIn(value: unknown): Claim {
  const read = readAlertBody(value);
  return read.ok
    ? read.body
    : refuse(Object.entries(read.faults).map(([field, fault]) => ({ message: `${field} ${fault}` })));
}

function readOwn(bytes: Uint8Array): IntakeBody {
  const read = readIntake(bytes);
  return read.ok ? read.body : refuse(read.errors);
}

function valueIn(bytes: Uint8Array): unknown {
  const read = readShallowJson(bytes);
  return read.ok ? read.value : refuse(read.errors);
}

function refuse(errors: readonly { readonly message: string }[]): never {
  const message = `The payload ${errors
    .slice(0, 5)
    .map((error) => error.message)
    .join('; ')}`;
  throw new AppError('invalid', message, { errors: [{ path: 'body.payload', message }] });
}

function ofBody(body: IntakeBody, alertSourceId: string | null, serviceId: string | null): Tried {
  const { title, severity, source = null } = body;
  const labels = withSource(body.labels ?? {}, source);
  return { title, severity, labels, alertSourceId, serviceId, source: 'intake' };
}
