import { z } from 'zod';
import { archiveService } from '../service/archive-service.ts';
import { createServiceBody } from '../service/contract.ts';
import { createService } from '../service/create-service.ts';
import { editService } from '../service/edit-service.ts';
import { slugOf } from '../service/service.ts';
import type { ServiceRow } from '../service/store.ts';
import type { Entry, Fields } from './entry.ts';
import type { Here } from './here.ts';
import { type Applying, below, parseFields, type Scope, type Section, type Wanted } from './section.ts';

const named = z.string().trim().min(1, 'must not be empty').max(200);
const schema = createServiceBody.omit({ escalationPolicyId: true, dependsOn: true, slug: true }).extend({
  slug: createServiceBody.shape.slug.unwrap(),
  escalationPolicy: named.nullable().default(null),
  dependsOn: z.array(named).max(50).default([]),
});

export const serviceSection: Section = {
  name: 'services',
  parse: (value, key) => parseFields(schema, { name: key, slug: slugOf(key), ...value }, value),
  things: (here) =>
    here.services.map((row) => ({
      id: row.id,
      name: row.name,
      slug: row.slug,
      over: false,
      state: (scope) => stateOf(row, scope),
      read: (entry, fields, scope) => read(entry, fields, scope, row),
      remove: (ctx) => archiveService(ctx, row.id),
    })),
  create: (entry, fields, scope) => read(entry, fields, scope, null),
};

function stateOf(row: ServiceRow, { here, labelOf }: Pick<Scope, 'here' | 'labelOf'>): Fields {
  return {
    name: row.name,
    slug: row.slug,
    description: row.description,
    escalationPolicy: row.escalationPolicyId && policyLabel(here, row.escalationPolicyId),
    dependsOn: here.dependencies
      .filter(({ serviceId }) => serviceId === row.id)
      .map(({ dependsOnId }) => labelOf(dependsOnId))
      .toSorted(),
  };
}

/** Its name, or its id where several have that name. */
function policyLabel({ policies }: Here, id: string): string {
  const name = policies.find((one) => one.id === id)?.name;
  return name !== undefined && policies.filter((one) => one.name === name).length === 1 ? name : id;
}

function read(entry: Entry, given: Fields, scope: Scope, row: ServiceRow | null): Wanted | null {
  const fields = schema.parse(given);
  const { here, faults } = scope;
  const dependsOn = fields.dependsOn.map((text, index) =>
    scope.refer(entry, ['dependsOn', String(index)], 'services', text),
  );
  const policy = fields.escalationPolicy;
  const lower = policy?.toLowerCase();
  const meant = here.policies.filter(({ id, name }) => id === policy || name.toLowerCase() === lower);
  if (policy !== null && meant.length !== 1)
    faults.add(
      entry,
      ['escalationPolicy'],
      meant.length === 0
        ? `there is no escalation policy ${policy}`
        : `several escalation policies are called ${policy}: write its id`,
    );
  const holder = here.services.find(({ slug }) => slug === fields.slug);
  if (holder !== undefined && holder.id !== row?.id)
    faults.add(
      entry,
      ['slug'],
      `the service ${holder.name} has the slug ${fields.slug} already; give this one another`,
    );
  const known = dependsOn.filter((label) => label !== null);
  if (known.length < dependsOn.length || (policy !== null && meant.length !== 1)) return null;
  const escalationPolicyId = policy === null ? null : (meant[0]?.id ?? null);
  const needs = [...new Set(known)].toSorted();
  const state = {
    name: fields.name,
    slug: fields.slug,
    description: fields.description,
    escalationPolicy: escalationPolicyId && policyLabel(here, escalationPolicyId),
    dependsOn: needs,
  };
  const before = row === null ? [] : (stateOf(row, scope)['dependsOn'] as string[]);
  const rely =
    (labels: readonly string[]) =>
    async ({ ctx, idOf }: Applying, id: string) =>
      editService(ctx, id, { dependsOn: labels.map((label) => idOf('services', label)) });
  return {
    name: fields.name,
    state,
    secrets: [],
    write: async ({ ctx }, roots) => {
      const { name, slug, description } = fields;
      if (row === null) return createService(ctx, { name, slug, description, escalationPolicyId });
      const change = {
        ...below({ name, slug, description }, roots),
        ...(roots.has('escalationPolicy') ? { escalationPolicyId } : {}),
      };
      if (Object.keys(change).length > 0) await editService(ctx, row.id, change);
      return row.id;
    },
    // What is turned round would be a circle for a moment.
    ...(before.some((label) => !needs.includes(label))
      ? { cut: rely(before.filter((label) => needs.includes(label))) }
      : {}),
    ...(needs.some((label) => !before.includes(label)) ? { connect: rely(needs) } : {}),
  };
}
