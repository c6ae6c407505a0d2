import { z } from 'zod';
import { randomUUID } from 'node:crypto';
import type { Alert } from '../alert/alert.ts';
import type { SignalSeverity } from '../alert/contract.ts';
import { keptResponders } from '../alert/named-responder.ts';
import { type Claim, lineOf, withSource } from '../signal/claim.ts';

/** Faults by field, as they are answered. */
export type Faults = Readonly<Record<string, string>>;
export type ReadBody<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly faults: Faults };

const text = z.string().nullish().catch(null);
const priority = z.enum(['P1', 'P2', 'P3', 'P4', 'P5']);
const words = z.array(z.string()).nullish().catch(null);

const alert = z.looseObject({
  message: z.string().trim().min(1, 'may not be empty'),
  alias: z.string().trim().nullish(),
  description: text,
  tags: words,
  details: z.record(z.string(), z.coerce.string()).nullish().catch(null),
  entity: text,
  source: text,
  priority: priority.nullish().catch(null),
  responders: z.unknown().optional(),
  teams: z.unknown().optional(),
  user: text,
  note: text,
});

/** P3 is what a sender gets that names none, and it rings there: here it pages too. */
const SEVERITY_OF: Readonly<Record<z.output<typeof priority>, SignalSeverity>> = {
  P1: 'critical',
  P2: 'error',
  P3: 'error',
  P4: 'warning',
  P5: 'info',
};
const PRIORITY_OF: Readonly<Record<SignalSeverity, z.output<typeof priority>>> = {
  critical: 'P1',
  error: 'P3',
  warning: 'P4',
  info: 'P5',
};

/** Reads the body of "create alert". https://docs.opsgenie.com/docs/alert-api */
export function readAlertBody(value: unknown): ReadBody<Claim> {
  const read = readWith(alert, value);
  if (!read.ok) return read;
  const { message, alias, description, tags, details, entity, source, responders, teams, user, note } = read.body;
  const dedupKey = alias || randomUUID();
  const asked = namesOf(responders ?? teams);
  const kept = keptResponders(responders ?? teams);
  const labels = {
    ...(read.body.priority ? { priority: read.body.priority } : {}),
    ...(asked === '' ? {} : { responders: asked }),
    ...details,
    ...(entity ? { entity } : {}),
    ...(tags && tags.length > 0 ? { tags: tags.join(', ') } : {}),
  };
  const summary = lineOf(description ?? '').slice(0, 300);
  return {
    ok: true,
    body: {
      dedupKey,
      status: 'firing',
      severity: SEVERITY_OF[read.body.priority ?? 'P3'],
      title: lineOf(message),
      source: source ?? user ?? null,
      labels: withSource(labels, source ?? null),
      url: null,
      evidence: {
        ...(summary === '' ? {} : { summary }),
        ...(description ? { description } : {}),
        ...(note ? { note } : {}),
        ...(kept.length === 0 ? {} : { responders: kept }),
      },
      beganAt: null,
      drill: false,
      payload: JSON.stringify(value),
    },
  };
}

/** Whom a sender wants asked, by the names that it has for them: a label, so that routes can send it to whoever that is here. */
export function namesOf(responders: unknown): string {
  const all = Array.isArray(responders) ? responders : [responders];
  const names = all.flatMap((one: unknown) => {
    const { name, username, id } = (one ?? {}) as Record<string, unknown>;
    const said = [name, username, id].find((text) => typeof text === 'string' && text.trim() !== '');
    return typeof said === 'string' ? [lineOf(said)] : [];
  });
  return [...new Set(names)].join(', ');
}

/** What a list in a label holds. */
export function listIn(label: string | undefined): string[] {
  return (label ?? '').split(', ').filter((one) => one !== '');
}

/** The priority that an alert is shown with: what its sender named, unless it is graver or less grave by now. */
export function priorityOf({ labels, severity }: Pick<Alert, 'labels' | 'severity'>) {
  const said = priority.safeParse(labels['priority']);
  return said.success && SEVERITY_OF[said.data] === severity ? said.data : PRIORITY_OF[severity];
}

/** The severity that a priority stands for; null for anything that is none. */
export function severityOfPriority(value: unknown): SignalSeverity | null {
  const read = priority.safeParse(value);
  return read.success ? SEVERITY_OF[read.data] : null;
}

/** What may come with an act: who does it, and a word about it. */
const actBody = z.looseObject({
  user: text,
  note: text,
  endTime: text,
  owner: z.looseObject({ username: text, id: text }).nullish().catch(null),
  message: text,
  description: text,
  priority: text,
  tags: words,
  details: z.record(z.string(), z.coerce.string()).nullish().catch(null),
  responder: z.unknown().optional(),
  team: z.unknown().optional(),
});
export type ActBody = z.output<typeof actBody>;

export function readActBody(value: unknown): ReadBody<ActBody> {
  return readWith(actBody, value ?? {});
}

function readWith<Body>(schema: z.ZodType<Body>, value: unknown): ReadBody<Body> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, body: parsed.data };
  const faults = parsed.error.issues.map(({ path, message }) => [path.join('.') || 'body', message] as const);
  return { ok: false, faults: Object.fromEntries(faults) };
}
