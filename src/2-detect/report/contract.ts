import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, line, prose } from '#kernel/schema.ts';
import { alert, signalSeverity } from '../alert/contract.ts';

export const reportProblem = defineRoute({
  method: 'post',
  path: '/alerts/report',
  permission: 'alerts.report',
  tag: 'Alerts',
  summary: 'Report a problem yourself: an alert under your name, which pages as any other does',
  body: z.object({
    title: line(200),
    /** Decides who is paged. */
    serviceId: id('svc').nullable().optional(),
    details: prose(4_000).optional(),
    /** Critical and error page at once. */
    severity: signalSeverity.default('error'),
  }),
  response: alert,
  status: 201,
});
