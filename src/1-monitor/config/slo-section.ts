import { z } from 'zod';
import { slugOf } from '../service/service.ts';
import { USUAL_ALERTS } from '../slo/burn.ts';
import { archiveSlo, createSlo, editSlo, refuseAlerts } from '../slo/change-slo.ts';
import { createSloBody } from '../slo/contract.ts';
import type { SloRow } from '../slo/store.ts';
import type { Entry, Fields } from './entry.ts';
import { below, parseFields, type Scope, type Section, type Wanted } from './section.ts';

const named = z.string().trim().min(1, 'must not be empty').max(200);
const schema = createSloBody.omit({ serviceId: true, monitorIds: true, alerts: true }).extend({
  service: named.nullable().default(null),
  monitors: z.array(named).max(100).default([]),
  alerts: createSloBody.shape.alerts.unwrap().default(USUAL_ALERTS.map((alert) => ({ ...alert }))),
});

export const sloSection: Section = {
  name: 'slos',
  parse: (value, key) => parseFields(schema, { name: key, ...value }, value),
  things: (here) =>
    here.slos.map((row) => ({
      id: row.id,
      name: row.name,
      slug: slugOf(row.name),
      over: false,
      state: (scope) => stateOf(row, scope),
      read: (entry, fields, scope) => read(entry, fields, scope, row),
      remove: (ctx) => archiveSlo(ctx, row.id),
    })),
  create: (entry, fields, scope) => read(entry, fields, scope, null),
};

function stateOf(row: SloRow, { labelOf }: Pick<Scope, 'labelOf'>): Fields {
  return {
    name: row.name,
    service: row.serviceId && labelOf(row.serviceId),
    monitors: row.monitorIds.map(labelOf).toSorted(),
    objective: row.objective,
    window:
      row.windowDays === null ? { kind: 'month', timeZone: row.timeZone } : { kind: 'rolling', days: row.windowDays },
    alerts: row.alerts.map((alert) => ({ ...alert })),
  };
}

function read(entry: Entry, given: Fields, scope: Scope, row: SloRow | null): Wanted | null {
  const fields = schema.parse(given);
  const { name, objective, window, alerts } = fields;
  const service = fields.service && scope.refer(entry, ['service'], 'services', fields.service);
  const monitors = fields.monitors.map((text, index) =>
    scope.refer(entry, ['monitors', String(index)], 'monitors', text),
  );
  const known = monitors.filter((label) => label !== null);
  if (scope.faults.trying(entry, () => (refuseAlerts(alerts), true)) === null) return null;
  if ((fields.service === null) === (monitors.length === 0)) {
    scope.faults.add(entry, ['service'], 'an SLO is on a service, or on some monitors');
    return null;
  }
  if (known.length < monitors.length || (fields.service !== null && service === null)) return null;
  const labels = [...new Set(known)].toSorted();
  return {
    name,
    state: { name, service, monitors: labels, objective, window, alerts },
    secrets: [],
    write: async ({ ctx, idOf }, roots) => {
      const on = {
        serviceId: service === null ? null : idOf('services', service),
        monitorIds: labels.map((label) => idOf('monitors', label)),
      };
      if (row === null) return createSlo(ctx, { name, objective, window, alerts, ...on });
      const moves = roots.has('service') || roots.has('monitors');
      await editSlo(ctx, row.id, { ...below({ name, objective, window, alerts }, roots), ...(moves ? on : {}) });
      return row.id;
    },
  };
}
