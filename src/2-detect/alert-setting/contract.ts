import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { line, seconds } from '#kernel/schema.ts';

/** How a workspace treats its alerts. */
export const alertSettings = z.object({
  /**
   * Alerts that belong to no incident, and whose sender says nothing for so long, are closed; null = never. Those of
   * monitors and heartbeats end when these say so.
   */
  autoCloseSeconds: z.number().int().nullable(),
  /** Over so many new alerts that page in a minute, they are a storm and ask as one; null = never. */
  stormPerMinute: z.number().int().nullable(),
  /** Monitors that ask one address or host and fail within so long of the first ask as one; null = each for itself. */
  addressSeconds: z.number().int().nullable(),
  /** Over so many pages to one person by one method in ten minutes, the next ones come as one message; null = never. */
  pagesPerPerson: z.number().int().nullable(),
  /**
   * Critical alerts that nobody declares and that are alike are one suspicion: of one service, or else of one source with the
   * same labels. Once its alerts are over and nothing was heard of them for so long, the next one begins another; null =
   * each is one of its own.
   */
  suspicionWindowSeconds: z.number().int().nullable(),
  /** The labels that tell apart alerts of one source that have no service. */
  suspicionLabels: z.array(z.string()),
});
export type AlertSettingsView = z.output<typeof alertSettings>;

const tag = 'Alerts';

export const readAlertSettings = defineRoute({
  method: 'get',
  path: '/alert-settings',
  permission: 'routes.read',
  tag,
  summary: 'How alerts are treated: when quiet ones close by themselves',
  response: alertSettings,
});

export const changeAlertSettings = defineRoute({
  method: 'patch',
  path: '/alert-settings',
  permission: 'routes.manage',
  tag,
  summary: 'Change how alerts are treated; what is not named stays',
  body: z.object({
    autoCloseSeconds: seconds(300, 30 * 86_400)
      .nullable()
      .optional(),
    stormPerMinute: z.int().min(5).max(10_000).nullable().optional(),
    addressSeconds: seconds(30, 3_600).nullable().optional(),
    pagesPerPerson: z.int().min(3).max(1_000).nullable().optional(),
    suspicionWindowSeconds: seconds(60, 7 * 86_400)
      .nullable()
      .optional(),
    suspicionLabels: z.array(line(200)).max(10).optional(),
  }),
  response: alertSettings,
});
