import { z } from 'zod';
import { byId, listIn, vendorId, vendorInstant, vendorName } from './document.ts';

/*
 * Exports of Opsgenie, as its REST API answers: GET /v2/users, /v2/teams/{id}, /v2/teams/{id}/routing-rules,
 * /v2/schedules?expand=rotation, /v2/schedules/{id}/overrides, /v2/schedules/{id}/timeline, /v2/escalations,
 * /v1/services, /v2/integrations/{id} and /v2/heartbeats.
 */

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const weekday = z
  .string()
  .toLowerCase()
  .pipe(z.enum(DAYS))
  .transform((day) => DAYS.indexOf(day) + 1);

const recipient = z.object({
  type: z.string().nullish(),
  id: vendorId.nullish(),
  name: z.string().nullish(),
  username: z.string().nullish(),
});
export type Recipient = z.output<typeof recipient>;

const hour = z.number().int().min(0).max(24).nullish();
const minute = z.number().int().min(0).max(59).nullish();
const restriction = z.object({
  startDay: weekday.nullish(),
  startHour: hour,
  startMin: minute,
  endDay: weekday.nullish(),
  endHour: hour,
  endMin: minute,
});
export type TimeRestriction = z.output<typeof restriction>;

const rotation = z.object({
  id: vendorId,
  name: vendorName,
  startDate: vendorInstant,
  endDate: vendorInstant.nullish(),
  type: z.string(),
  length: z.number().int().min(1).nullish(),
  participants: z.array(recipient).max(200).nullish(),
  timeRestriction: z
    .object({
      type: z.string().nullish(),
      restriction: restriction.nullish(),
      restrictions: z.array(restriction).max(50).nullish(),
    })
    .nullish(),
});
export type Rotation = z.output<typeof rotation>;

const override = z.object({
  alias: vendorId,
  user: recipient,
  startDate: vendorInstant,
  endDate: vendorInstant,
  rotations: z
    .array(z.object({ id: vendorId.nullish(), name: z.string().nullish() }))
    .max(50)
    .nullish(),
});

const timeline = z.object({
  startDate: vendorInstant.nullish(),
  endDate: vendorInstant.nullish(),
  finalTimeline: z
    .object({
      rotations: z
        .array(
          z.object({
            periods: z
              .array(
                z.object({
                  startDate: vendorInstant,
                  endDate: vendorInstant,
                  recipient: recipient.nullish(),
                  flattenedRecipients: z.array(recipient).max(200).nullish(),
                }),
              )
              .nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});
/** Each answer comes in `data`. */
const inData = <T extends z.ZodType>(inner: T) =>
  z.preprocess((value) => (value !== null && typeof value === 'object' && 'data' in value ? value.data : value), inner);

const schedule = z.object({
  id: vendorId,
  name: vendorName,
  timezone: z.string().nullish(),
  enabled: z.boolean().nullish(),
  rotations: z.array(rotation).max(50).nullish(),
  overrides: listIn(override, 'data').nullish(),
  timeline: inData(timeline).nullish(),
});
export type Schedule = z.output<typeof schedule>;

const escalation = z.object({
  id: vendorId,
  name: vendorName,
  ownerTeam: z.object({ id: vendorId.nullish() }).nullish(),
  rules: z
    .array(
      z.object({
        condition: z.string().nullish(),
        notifyType: z.string().nullish(),
        delay: z.object({ timeAmount: z.number().min(0), timeUnit: z.string().nullish() }),
        recipient,
      }),
    )
    .nullish(),
  repeat: z
    .object({
      waitInterval: z.number().min(0).nullish(),
      count: z.number().int().min(0).nullish(),
      closeAlertAfterAll: z.boolean().nullish(),
    })
    .nullish(),
});
export type Escalation = z.output<typeof escalation>;

const routingRule = z.object({
  name: z.string().nullish(),
  isDefault: z.boolean().nullish(),
  notify: z.object({ type: z.string().nullish(), id: vendorId.nullish() }).nullish(),
});

const team = inData(
  z.object({
    id: vendorId,
    name: vendorName,
    members: z
      .array(z.object({ user: recipient, role: z.string().nullish() }))
      .max(1_000)
      .nullish(),
    routingRules: listIn(routingRule, 'data').nullish(),
  }),
);

/** One that speaks, and not one that listens, tells a chat or calls a URL. */
const integration = inData(
  z.object({
    id: vendorId.nullish(),
    name: vendorName,
    type: z.string().nullish(),
    enabled: z.boolean().nullish(),
    teamId: vendorId.nullish(),
    ownerTeam: z.object({ id: vendorId.nullish() }).nullish(),
    channel: z.string().nullish(),
    url: z.string().nullish(),
    webhookUrl: z.string().nullish(),
    alertFilter: z.object({ conditionMatchType: z.string().nullish() }).nullish(),
  }),
);
export type Integration = z.output<typeof integration>;

const heartbeat = z.object({
  name: vendorName,
  interval: z.number().positive(),
  intervalUnit: z.string().nullish(),
  enabled: z.boolean().nullish(),
  ownerTeam: z.object({ id: vendorId.nullish() }).nullish(),
  alertPriority: z.string().nullish(),
});

export const opsgenieDocument = z.object({
  users: listIn(
    z.object({
      id: vendorId,
      username: z.string(),
      fullName: vendorName,
      blocked: z.boolean().nullish(),
      timeZone: z.string().nullish(),
      role: z.object({ name: z.string().nullish() }).nullish(),
    }),
    'data',
  ),
  teams: listIn(team, 'data'),
  schedules: listIn(schedule, 'data'),
  overrides: byId(listIn(override, 'data')),
  timelines: byId(inData(timeline)),
  escalations: listIn(escalation, 'data'),
  services: listIn(
    z.object({
      id: vendorId,
      name: vendorName,
      description: z.string().nullish(),
      teamId: vendorId.nullish(),
    }),
    'data',
  ),
  integrations: listIn(integration, 'data'),
  heartbeats: inData(listIn(heartbeat, 'heartbeats')),
});
export type OpsgenieDocument = z.output<typeof opsgenieDocument>;
