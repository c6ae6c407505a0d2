import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';

export const importTool = z.enum(['opsgenie', 'pagerduty', 'grafana-oncall']);
export type ImportTool = z.output<typeof importTool>;

export const importKind = z.enum(['person', 'team', 'schedule', 'override', 'policy', 'service', 'heartbeat']);
export type ImportKind = z.output<typeof importKind>;

/**
 * `create`: is made. `match`: is here already, by email address or name, and stays as it is. `present`: an earlier import
 * made it. `skip`: cannot be carried over.
 */
export const importAction = z.enum(['create', 'match', 'present', 'skip']);

export const importNote = z.object({
  /** `changed`: carried over, and means something else here. `lost`: left behind. */
  meaning: z.enum(['changed', 'lost']),
  text: z.string(),
});

/** One thing of the export, and what becomes of it. */
export const importItem = z.object({
  kind: importKind,
  /** As the other tool names it. */
  vendorId: z.string(),
  name: z.string(),
  action: importAction,
  /** What it is here; null until it is made. */
  id: z.string().nullable(),
  /** Why, for `match` and `skip`. */
  reason: z.string().nullable(),
  notes: z.array(importNote),
});
export type ImportItemView = z.output<typeof importItem>;

/** Who would be on call in the next 14 days, by our reckoning, against what the other tool says itself. */
export const importComparison = z.object({
  /** Of the schedule over there. */
  vendorId: z.string(),
  name: z.string(),
  timeZone: z.string(),
  from: instant,
  to: instant,
  /** In order; nobody = a gap. */
  shifts: z.array(z.object({ startsAt: instant, endsAt: instant, people: z.array(z.string()) })),
  /** The part that the other tool's own reckoning covers; null when the export has none. */
  compared: z
    .object({
      from: instant,
      to: instant,
      sameMinutes: z.number().int(),
      differentMinutes: z.number().int(),
      differences: z.array(
        z.object({ startsAt: instant, endsAt: instant, here: z.array(z.string()), there: z.array(z.string()) }),
      ),
    })
    .nullable(),
});
export type ImportComparisonView = z.output<typeof importComparison>;

export const importPlan = z.object({
  id: id('imp'),
  tool: importTool,
  state: z.enum(['planned', 'applied']),
  plannedAt: instant,
  appliedAt: instant.nullable(),
  counts: z.object({
    create: z.number().int(),
    match: z.number().int(),
    present: z.number().int(),
    skip: z.number().int(),
    /** Notes, on whatever. */
    notes: z.number().int(),
  }),
  items: z.array(importItem),
  schedules: z.array(importComparison),
  /** What holds for the whole export, in sentences. */
  remarks: z.array(z.string()),
});
export type ImportPlanView = z.output<typeof importPlan>;

const tag = 'Imports';

export const createImport = defineRoute({
  method: 'post',
  path: '/imports',
  permission: 'imports.manage',
  tag,
  summary: 'Plan an import from another tool: says what would be made, and makes nothing',
  description:
    'The document is one JSON object with the lists as the API of the tool answers them; docs/moving-in.md says how to collect it. It is kept until the plan is carried out, or for 7 days.',
  body: z.object({
    /** Found out from the document when left out. */
    tool: importTool.optional(),
    document: z.record(z.string(), z.unknown()),
  }),
  bodyLimitBytes: 8 * 1024 * 1024,
  response: importPlan,
  status: 201,
});

export const readImport = defineRoute({
  method: 'get',
  path: '/imports/{id}',
  permission: 'imports.read',
  tag,
  summary: 'Read the plan of an import, or what was made by it',
  params: idParams('imp'),
  response: importPlan,
});

export const listImports = defineRoute({
  method: 'get',
  path: '/imports',
  permission: 'imports.read',
  tag,
  summary: 'List imports, the newest first',
  query: pageQuery,
  response: listOf(importPlan.omit({ items: true, schedules: true, remarks: true })),
});

export const applyImport = defineRoute({
  method: 'post',
  path: '/imports/{id}/apply',
  permission: 'imports.manage',
  tag,
  summary: 'Carry out exactly the plan that was shown, all of it or nothing; refused when something changed meanwhile',
  params: idParams('imp'),
  response: importPlan,
});
