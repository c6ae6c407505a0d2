import { z } from 'zod';
import { defineRoute } from '#access/contract';

/** The parts of a file, in the order in which they are made. */
export const CONFIG_SECTIONS = ['services', 'monitors', 'slos', 'maintenance'] as const;
export type ConfigSection = (typeof CONFIG_SECTIONS)[number];

/** Who manages a thing by files: repositories of their own have sets of their own. */
export const configSet = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?$/, 'expected small letters, digits, dots and dashes');

export const configFile = z.object({
  /** For saying where a fault is. */
  name: z.string().min(1).max(300),
  /** YAML, or JSON. */
  text: z.string().max(1_000_000),
});
export type ConfigFile = z.output<typeof configFile>;

const files = {
  files: z.array(configFile).min(1).max(300),
  /** What `${NAME}` in the files stands for. Secrets come in this way; they are never shown again. */
  variables: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/), z.string().max(100_000)).default({}),
};
/** All files of a set, which belong together. */
export const configFiles = z.object(files);
export type ConfigFiles = z.output<typeof configFiles>;

export const configChange = z.object({
  /** Dotted, as in the file: `options.password`. */
  field: z.string(),
  /** Absent for what is new, and for secrets. */
  from: z.unknown().optional(),
  to: z.unknown().optional(),
  /** A value that nobody is shown; it is here because it becomes another one. */
  secret: z.boolean(),
});
export type ConfigChange = z.output<typeof configChange>;

export const configItem = z.object({
  section: z.enum(CONFIG_SECTIONS),
  key: z.string(),
  name: z.string(),
  action: z.enum(['add', 'change', 'remove', 'unchanged']),
  /** What it is here; null until it is made. */
  id: z.string().nullable(),
  /** Null for what is removed. */
  file: z.string().nullable(),
  line: z.number().int().nullable(),
  /** Of something new, what the file says of it. */
  changes: z.array(configChange),
  /** It was made elsewhere, and is managed by these files from now on. */
  adopted: z.boolean(),
});
export type ConfigItem = z.output<typeof configItem>;

export const configPlan = z.object({
  set: configSet,
  /** Of what would be done to what there is; carrying out asks for it. */
  fingerprint: z.string(),
  counts: z.object({
    add: z.number().int(),
    change: z.number().int(),
    remove: z.number().int(),
    unchanged: z.number().int(),
    adopted: z.number().int(),
  }),
  /** Those that are unchanged last. */
  items: z.array(configItem),
});
export type ConfigPlan = z.output<typeof configPlan>;

const tag = 'Configuration files';
const bodyLimitBytes = 4 * 1024 * 1024;

export const planConfig = defineRoute({
  method: 'post',
  path: '/config/plan',
  permission: 'monitors.manage',
  tag,
  summary: 'What would change here if these files were applied; changes nothing',
  description:
    'Each error names its file, line and path: `shop.yaml:12 monitors.shop-home.url`. What the files do not name is left alone, unless an earlier apply of the same set made it or took it over.',
  body: configFiles,
  bodyLimitBytes,
  response: configPlan,
});

export const applyConfig = defineRoute({
  method: 'post',
  path: '/config/apply',
  permission: 'monitors.manage',
  tag,
  summary: 'Carry out exactly the plan that was shown, all of it or nothing; refused when something changed meanwhile',
  body: z.object({ ...files, fingerprint: z.string().max(100) }),
  bodyLimitBytes,
  response: configPlan,
});

export const exportConfig = defineRoute({
  method: 'get',
  path: '/config/export',
  permission: 'monitors.read',
  tag,
  summary: 'Services, monitors, SLOs and maintenance as a file that plans as no change',
  description: 'Secret values read `[secret]`, which keeps what is stored. What another set manages is left out.',
  query: z.object({ set: configSet.default('default') }),
  response: z.object({ text: z.string() }),
});
