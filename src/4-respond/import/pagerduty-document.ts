import { z } from 'zod';
import { byId, listIn, vendorId, vendorInstant, vendorName } from './document.ts';

/*
 * Exports of PagerDuty, as its REST API v2 answers: GET /users, /teams, /schedules/{id}?since=&until=,
 * /schedules/{id}/overrides, /escalation_policies, /services, /extensions, /webhook_subscriptions and
 * /integration-slack/workspaces/{id}/connections.
 */

export const reference = z.object({ id: vendorId, type: z.string().nullish(), summary: z.string().nullish() });

const user = z.object({
  id: vendorId,
  name: vendorName,
  email: z.string(),
  time_zone: z.string().nullish(),
  role: z.string().nullish(),
  teams: z.array(reference).max(100).nullish(),
});

const restriction = z.object({
  type: z.string(),
  start_time_of_day: z.string().regex(/^\d\d:\d\d(:\d\d)?/, 'expected a time such as 09:00:00'),
  duration_seconds: z.number().int().min(0),
  start_day_of_week: z.number().int().min(1).max(7).nullish(),
});

const layer = z.object({
  id: vendorId.nullish(),
  name: vendorName,
  start: vendorInstant,
  end: vendorInstant.nullish(),
  rotation_virtual_start: vendorInstant,
  rotation_turn_length_seconds: z.number().int().min(1),
  users: z.array(z.object({ user: reference })).max(200),
  restrictions: z.array(restriction).max(50).nullish(),
});

const override = z.object({ id: vendorId, start: vendorInstant, end: vendorInstant, user: reference });

const scheduleBody = z.object({
  id: vendorId,
  name: vendorName,
  time_zone: z.string().nullish(),
  schedule_layers: z.array(layer).max(50).nullish(),
  overrides: listIn(override, 'overrides').nullish(),
  final_schedule: z
    .object({
      rendered_schedule_entries: z
        .array(z.object({ start: vendorInstant, end: vendorInstant, user: reference.nullish() }))
        .nullish(),
    })
    .nullish(),
});
/** `GET /schedules/{id}` wraps its answer. */
const schedule = z.preprocess(
  (value) =>
    value !== null && typeof value === 'object' && 'schedule' in value && !('id' in value) ? value.schedule : value,
  scheduleBody,
);

const policy = z.object({
  id: vendorId,
  name: vendorName,
  num_loops: z.number().int().min(0).nullish(),
  escalation_rules: z
    .array(
      z.object({
        escalation_delay_in_minutes: z.number().min(0),
        escalation_rule_assignment_strategy: z.union([z.string(), z.object({ type: z.string().nullish() })]).nullish(),
        targets: z.array(reference).max(100),
      }),
    )
    .nullish(),
});

const service = z.object({
  id: vendorId,
  name: vendorName,
  description: z.string().nullish(),
  status: z.string().nullish(),
  escalation_policy: reference.nullish(),
  teams: z.array(reference).max(100).nullish(),
  acknowledgement_timeout: z.number().nullish(),
  auto_resolve_timeout: z.number().nullish(),
  incident_urgency_rule: z.object({ type: z.string().nullish(), urgency: z.string().nullish() }).nullish(),
  support_hours: z.unknown().optional(),
});

/** What a service, a team or everything tells. */
const telling = {
  extensions: listIn(
    z.object({
      id: vendorId.nullish(),
      name: vendorName,
      endpoint_url: z.string().nullish(),
      extension_schema: z.object({ summary: z.string().nullish() }).nullish(),
      extension_objects: z.array(reference).max(1_000).nullish(),
      temporarily_disabled: z.boolean().nullish(),
    }),
    'extensions',
  ),
  webhook_subscriptions: listIn(
    z.object({
      id: vendorId.nullish(),
      active: z.boolean().nullish(),
      description: vendorName,
      delivery_method: z.object({ url: z.string().nullish() }).nullish(),
      filter: z.object({ id: vendorId.nullish(), type: z.string().nullish() }).nullish(),
    }),
    'webhook_subscriptions',
  ),
  slack_connections: listIn(
    z.object({
      source_id: vendorId.nullish(),
      source_type: z.string().nullish(),
      channel_id: vendorId.nullish(),
      channel_name: vendorName,
      notification_type: z.string().nullish(),
      config: z.object({ urgency: z.string().nullish(), priorities: z.array(z.unknown()).nullish() }).nullish(),
    }),
    'slack_connections',
  ),
};

export const pagerDutyDocument = z.object({
  users: listIn(user, 'users'),
  teams: listIn(z.object({ id: vendorId, name: vendorName }), 'teams'),
  schedules: listIn(schedule, 'schedules'),
  overrides: byId(listIn(override, 'overrides')),
  escalation_policies: listIn(policy, 'escalation_policies'),
  services: listIn(service, 'services'),
  ...telling,
  since: vendorInstant.nullish(),
  until: vendorInstant.nullish(),
});
export type Exported = z.output<typeof pagerDutyDocument>;
