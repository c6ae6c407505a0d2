import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { configFile, configSet } from '../config/contract.ts';

export const movingTool = z.enum(['uptime-kuma', 'openstatus', 'checkly', 'blackbox']);
export type MovingTool = z.output<typeof movingTool>;

export const movingNote = z.object({
  /** `changed`: carried over, and means something else here. `lost`: left behind. */
  meaning: z.enum(['changed', 'lost']),
  /** What differs, why, and what to do about it. */
  text: z.string(),
});
export type MovingNote = z.output<typeof movingNote>;

/** One thing of the other tool, and what becomes of it. */
export const movingItem = z.object({
  /** What the other tool calls it: `keyword monitor`. */
  kind: z.string(),
  name: z.string(),
  /** `same` carries over as it is, `changed` with notes, `left` stays behind. */
  outcome: z.enum(['same', 'changed', 'left']),
  /** The section and key of the file; null when it stays behind. */
  becomes: z.string().nullable(),
  notes: z.array(movingNote),
});
export type MovingItem = z.output<typeof movingItem>;

export const moved = z.object({
  tool: movingTool,
  counts: z.object({ same: z.number().int(), changed: z.number().int(), left: z.number().int() }),
  items: z.array(movingItem),
  /** What holds for all of it, in sentences. */
  remarks: z.array(z.string()),
  /** The configuration file that it becomes; plan and apply it as any other. */
  text: z.string(),
  /** Values of secrets, which the file names by `${NAME}`. */
  variables: z.record(z.string(), z.string()),
});
export type Moved = z.output<typeof moved>;

/** Which columns are read of a database; those with secrets of its notifications are not among them. */
export const KUMA_TABLES = {
  monitor:
    'id name type active interval retry_interval maxretries timeout url method headers body http_body_encoding hostname port keyword invert_keyword json_path json_path_operator expected_value ignore_tls upside_down maxredirects accepted_statuscodes_json dns_resolve_type dns_resolve_server auth_method basic_auth_user basic_auth_pass tls_ca tls_cert tls_key database_connection_string database_query radius_password grpc_url grpc_service_name grpc_method grpc_enable_tls parent description proxy_id expiry_notification conditions smtp_security mqtt_topic docker_container packet_size'.split(
      ' ',
    ),
  tag: ['id', 'name'],
  monitor_tag: ['monitor_id', 'tag_id', 'value'],
  notification: ['id', 'name', 'active', 'is_default'],
  maintenance:
    'id title description active strategy start_date end_date start_time end_time weekdays days_of_month interval_day cron timezone duration'.split(
      ' ',
    ),
  monitor_maintenance: ['monitor_id', 'maintenance_id'],
  status_page: ['id', 'slug', 'title'],
  proxy: ['id', 'protocol', 'host', 'port', 'auth', 'username', 'password', 'active'],
} as const;

/** Rows of a table that are read: of things, and of what ties them to each other. More are refused, never left out. */
export const KUMA_ROWS = 5_000;
export const KUMA_LINKS: Readonly<Record<string, number>> = { monitor_tag: 50_000, monitor_maintenance: 50_000 };
/** What is read of a database, and how much of it. */
export const kumaWanted = Object.fromEntries(
  Object.entries(KUMA_TABLES).map(([table, columns]) => [table, { columns, rows: KUMA_LINKS[table] ?? KUMA_ROWS }]),
);

export const convertMonitoring = defineRoute({
  method: 'post',
  path: '/config/convert',
  permission: 'monitors.manage',
  tag: 'Configuration files',
  summary:
    'What the configuration of another monitoring tool becomes here: a report and a configuration file; stores nothing',
  description: 'docs/moving-in.md says what to hand in, and what becomes of what.',
  body: z
    .object({
      /** Found out from the files when left out. */
      tool: movingTool.optional(),
      files: z
        .array(configFile.extend({ text: z.string().max(16_000_000) }))
        .max(50)
        .default([]),
      /** The SQLite database of Uptime Kuma, base64. */
      database: z.string().max(34_000_000).optional(),
      /** Of the file that is made; default: the name of the tool. */
      set: configSet.optional(),
    })
    .refine(({ files, database }) => files.length > 0 || database !== undefined, 'hand in a file, or the database'),
  bodyLimitBytes: 36 * 1024 * 1024,
  response: moved,
});
