import { defineRoute } from '#access/contract';
import { alertFolds, foldActBody, foldActResult, foldsQuery } from '#detect/contract';
import { idParams } from '#kernel/schema.ts';

const tag = 'Incidents';

export const listIncidentFolds = defineRoute({
  method: 'get',
  path: '/incidents/{id}/alert-folds',
  permission: 'incidents.read',
  tag,
  summary: 'The alerts of an incident in rows of what they have in common, those with most open alerts first',
  params: idParams('inc'),
  query: foldsQuery,
  response: alertFolds,
});

export const actOnIncidentAlerts = defineRoute({
  method: 'post',
  path: '/incidents/{id}/alerts/act',
  permission: 'alerts.act',
  tag,
  summary: 'Do one thing with a row of its alerts, or with all: 100 alerts a call, one refusal stops no other',
  params: idParams('inc'),
  body: foldActBody,
  response: foldActResult,
});
