import { DatabaseSync } from 'node:sqlite';

/*
 * Databases as Uptime Kuma 1.23 and 2.0 leave them: the columns that matter, by their names, types and defaults, and one row
 * of whatever people have in them.
 */

const MONITOR = `
  id integer primary key autoincrement, name varchar(150), active boolean default 1 not null, user_id integer,
  interval integer default 20 not null, url text, type varchar(20), weight integer default 2000, hostname varchar(255),
  port integer, created_date datetime default (datetime('now')), keyword varchar(255), maxretries integer default 0 not null,
  ignore_tls boolean default 0 not null, upside_down boolean default 0 not null, maxredirects integer default 10 not null,
  accepted_statuscodes_json text default '["200-299"]' not null, dns_resolve_type varchar(5), dns_resolve_server varchar(255),
  dns_last_result varchar(255), retry_interval integer default 0 not null, push_token varchar(32),
  method text default 'GET' not null, body text, headers text, basic_auth_user text, basic_auth_pass text,
  docker_host integer, docker_container varchar(255), proxy_id integer, expiry_notification boolean default 1,
  mqtt_topic text, database_connection_string varchar(2000), database_query text, auth_method varchar(250),
  grpc_url varchar(255), grpc_method text, grpc_service_name text, grpc_enable_tls boolean default 0 not null,
  radius_username varchar(255), radius_password varchar(255), packet_size integer default 56 not null, game varchar(255),
  http_body_encoding varchar(25), description text, tls_ca text, tls_cert text, tls_key text,
  parent integer references monitor(id), invert_keyword boolean default 0 not null, json_path text,
  expected_value varchar(255), timeout double default 0 not null`;
const SINCE_2 = `, json_path_operator varchar(255), conditions text default '[]' not null, smtp_security varchar(255), cache_bust boolean default 0 not null`;

const OTHERS = `
  create table tag (id integer primary key, name varchar(255) not null, color varchar(255) not null);
  create table monitor_tag (id integer primary key, monitor_id integer not null, tag_id integer not null, value text);
  create table notification (id integer primary key, name varchar(255), active boolean default 1, user_id integer, is_default boolean default 0, config text);
  create table monitor_notification (id integer primary key, monitor_id integer not null, notification_id integer not null);
  create table maintenance (id integer primary key, title varchar(150) not null, description text not null, user_id integer,
    active boolean default 1 not null, strategy varchar(50) default 'single' not null, start_date datetime, end_date datetime,
    start_time time, end_time time, weekdays varchar2(250) default '[]', days_of_month text default '[]', interval_day integer,
    cron text, timezone varchar(255), duration integer);
  create table monitor_maintenance (id integer primary key, monitor_id integer not null, maintenance_id integer not null);
  create table status_page (id integer primary key, slug varchar(255) not null, title varchar(255) not null, icon varchar(255) not null, theme varchar(30) not null);
  create table proxy (id integer primary key, user_id integer, protocol varchar(10) not null, host varchar(255) not null, port smallint not null, auth boolean default 0 not null,
    username varchar(255), password varchar(255), active boolean default 1 not null);
  create table setting (id integer primary key, key varchar(200) not null, value text);
  create table heartbeat (id integer primary key, monitor_id integer not null, status smallint not null, time datetime not null);
  insert into setting (key, value) values ('jwtSecret', 'nobody reads this');`;

type Row = Readonly<Record<string, string | number | null>>;

/** Writes a database; `rows` by table, over the defaults of the columns. */
export function writeKumaDatabase(path: string, version: 1 | 2, rows: Readonly<Record<string, readonly Row[]>>): void {
  const database = new DatabaseSync(path);
  database.exec(`create table monitor (${MONITOR}${version === 2 ? SINCE_2 : ''});${OTHERS}`);
  database.exec('begin');
  for (const [table, list] of Object.entries(rows))
    for (const row of list) {
      const names = Object.keys(row);
      database
        .prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
        .run(...Object.values(row));
    }
  database.exec('commit');
  database.close();
}
