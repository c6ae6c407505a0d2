import { z } from 'zod';
import { byId, listIn, vendorId, vendorInstant, vendorName } from './document.ts';

/*
 * Exports of Grafana OnCall, as its API answers: GET /api/v1/users, /teams, /schedules, /schedules/{id}/final_shifts,
 * /on_call_shifts, /escalation_chains, /escalation_policies, /integrations, /routes, /webhooks and /slack_channels.
 */

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export const weekdayOf = (day: (typeof DAYS)[number]) => DAYS.indexOf(day) + 1;

/** Wall time without a zone; some answers end in Z all the same. */
const wallTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d/, 'expected a date and time such as 2026-11-23T09:00:00')
  .transform((text) => text.slice(0, 16));

const shift = z.object({
  id: vendorId,
  name: vendorName,
  type: z.string(),
  time_zone: z.string().nullish(),
  level: z.number().int().nullish(),
  start: wallTime,
  rotation_start: wallTime.nullish(),
  until: wallTime.nullish(),
  duration: z.number().int().min(0),
  frequency: z.string().nullish(),
  interval: z.number().int().min(1).nullish(),
  week_start: z.enum(DAYS).nullish(),
  by_day: z.array(z.enum(DAYS)).max(500).nullish(),
  by_month: z.array(z.number()).max(500).nullish(),
  by_monthday: z.array(z.number()).max(500).nullish(),
  users: z.array(vendorId).max(500).nullish(),
  rolling_users: z.array(z.array(vendorId).max(100)).max(200).nullish(),
  start_rotation_from_user_index: z.number().int().min(0).nullish(),
});
export type Shift = z.output<typeof shift>;

const schedule = z.object({
  id: vendorId,
  name: vendorName,
  type: z.string().nullish(),
  time_zone: z.string().nullish(),
  shifts: z.array(vendorId).max(500).nullish(),
});
export type Schedule = z.output<typeof schedule>;

const policy = z.object({
  id: vendorId,
  escalation_chain_id: vendorId,
  position: z.number().int().nullish(),
  type: z.string().nullish(),
  duration: z.number().nullish(),
  persons_to_notify: z.array(vendorId).max(500).nullish(),
  persons_to_notify_next_each_time: z.array(vendorId).max(500).nullish(),
  notify_on_call_from_schedule: vendorId.nullish(),
  team_to_notify: vendorId.nullish(),
  action_to_trigger: vendorId.nullish(),
  /** In UTC, such as 09:00:00Z. */
  notify_if_time_from: z.string().nullish(),
  notify_if_time_to: z.string().nullish(),
});
export type Policy = z.output<typeof policy>;

/** Where alerts are posted; of Telegram and Teams the answer has an id that only Grafana knows. */
const chats = {
  slack: z.object({ channel_id: vendorId.nullish(), enabled: z.boolean().nullish() }).nullish(),
  telegram: z.object({ id: vendorId.nullish(), enabled: z.boolean().nullish() }).nullish(),
  msteams: z.object({ id: vendorId.nullish(), enabled: z.boolean().nullish() }).nullish(),
};

const results = <T extends z.ZodType>(item: T) => listIn(item, 'results');

export const grafanaDocument = z.object({
  users: results(
    z.object({
      id: vendorId,
      username: z.string().nullish(),
      name: z.string().nullish(),
      email: z.string().nullish(),
      timezone: z.string().nullish(),
      teams: z.array(vendorId).max(500).nullish(),
    }),
  ),
  teams: results(z.object({ id: vendorId, name: vendorName })),
  schedules: results(schedule),
  on_call_shifts: results(shift),
  final_shifts: byId(results(z.object({ user_pk: vendorId, shift_start: vendorInstant, shift_end: vendorInstant }))),
  escalation_chains: results(z.object({ id: vendorId, name: vendorName })),
  escalation_policies: results(policy),
  integrations: results(
    z.object({
      id: vendorId,
      name: vendorName,
      default_route: z.object({ id: vendorId.nullish(), escalation_chain_id: vendorId.nullish(), ...chats }).nullish(),
    }),
  ),
  routes: results(
    z.object({
      id: vendorId,
      integration_id: vendorId,
      is_the_last_route: z.boolean().nullish(),
      escalation_chain_id: vendorId.nullish(),
      ...chats,
    }),
  ),
  webhooks: results(z.object({ id: vendorId, name: vendorName, url: z.string().nullish() })),
  slack_channels: results(z.object({ name: vendorName, slack_id: z.string() })),
});
export type GrafanaDocument = z.output<typeof grafanaDocument>;
