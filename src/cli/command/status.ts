import { listIncidentsRoute, listPromisesRoute, promiseWords } from '#declare/contract';
import { listAlerts } from '#detect/contract';
import { getMonitorCounts, listMonitors } from '#monitor/contract';
import { type PagePlanView, readOnCall } from '#respond/contract';
import type { Api } from '../api.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';

/** What needs somebody now: open incidents with what is due next, undeclared alerts, monitors that are not up. */
export async function status(api: Api, io: Io): Promise<Outcome> {
  const [incidents, alerts, counts, down, degraded, promises, oncall] = await Promise.all([
    api.call(listIncidentsRoute, { query: { open: 'true', limit: 200 } }),
    api.call(listAlerts, { query: { undeclared: 'true', limit: 200 } }),
    api.call(getMonitorCounts, {}),
    api.call(listMonitors, { query: { state: 'down', limit: 200 } }),
    api.call(listMonitors, { query: { state: 'degraded', limit: 200 } }),
    api.call(listPromisesRoute, { query: { state: 'pending', limit: 200 } }),
    api.call(readOnCall, {}),
  ]);
  const now = io.now();
  const notUp = [...down.items, ...degraded.items];
  const real = {
    incidents: incidents.items.filter((one) => one.kind === 'real'),
    notUp: notUp.filter((one) => one.drill === null),
  };
  const attention = real.incidents.length > 0 || real.notUp.length > 0 || alerts.items.some((one) => !one.drill);

  const lines = [attention ? 'Needs attention.' : 'All clear.'];
  const section = (title: string, rows: readonly (readonly string[])[]) => {
    if (rows.length > 0) lines.push('', title, columns(rows, '  '));
  };
  section(
    count(incidents.items.length, 'open incident'),
    incidents.items.map((one) => {
      const next = promises.items.find((promise) => promise.incidentId === one.id);
      const due = next ? `${promiseWords(next.kind)} due ${moment(next.dueAt, now)}` : '';
      return [one.reference, one.severity, one.state, one.kind === 'drill' ? `${one.title} (drill)` : one.title, due];
    }),
  );
  section(
    `${count(alerts.items.length, 'alert')} that nobody has declared or dismissed`,
    alerts.items.map((one) => [
      one.severity,
      one.drill ? `${one.title} (drill)` : one.title,
      `since ${moment(one.firstSeenAt, now)}`,
    ]),
  );
  section(
    `${count(notUp.length, 'monitor')} not up`,
    notUp.map((one) => [
      one.state,
      one.drill === null ? one.name : `${one.name} (drill)`,
      `since ${moment(one.since, now)}`,
    ]),
  );
  lines.push('', `${count(counts.total, 'monitor')}, ${counts.up} up. ${onCall(oncall)}`);
  const data = {
    attention,
    incidents: incidents.items,
    undeclaredAlerts: alerts.items,
    monitors: { counts, notUp },
    promises: promises.items,
    oncall,
  };
  return { text: lines.join('\n'), data, exitCode: attention ? EXIT.attention : EXIT.ok };
}

/** The first people whom a page would reach, and who they would be if it reached anybody. */
function onCall(plan: PagePlanView): string {
  const people = plan.steps.map((step) => step.people);
  const names = (all: (typeof people)[number] | undefined) =>
    [...new Set(all?.map((person) => person.name))].join(', ');
  const reachable = people
    .map((all) => all.filter((person) => person.unreachable === null))
    .find((all) => all.length > 0);
  if (reachable) return `On call: ${names(reachable)}.`;
  const meant = names(people.find((all) => all.length > 0));
  return meant ? `On call: ${meant}, whom no page can reach; see "allclear oncall".` : 'Nobody is on call.';
}
