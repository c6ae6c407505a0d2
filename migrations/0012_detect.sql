-- An address where other tools send signals. The key is looked up by its digest and shown again from its sealed form.
create table alert_source (
  workspace_id text not null,
  id text not null,
  name text not null,
  kind text not null,
  service_id text,
  key_digest text not null unique,
  key_sealed text not null,
  created_at timestamptz not null,
  created_by text,
  last_signal_at timestamptz,
  deleted_at timestamptz,
  primary key (workspace_id, id)
);

-- A deduplicated claim that something is wrong. `scope` keeps the keys of different senders apart: an alert source's
-- id, `monitor`, or `drill`. While `holds_key` is true, signals with the same key belong to this row. Columns that every
-- repeated signal changes (count, last_seen_at) stand in no index, so that such an update stays on its page.
create table alert (
  workspace_id text not null,
  id text not null,
  scope text not null,
  dedup_key text not null,
  holds_key boolean not null default true,
  title text not null,
  severity text not null check (severity in ('critical', 'error', 'warning', 'info')),
  state text not null default 'open' check (state in ('open', 'acknowledged', 'closed')),
  source text not null check (source in ('monitor', 'heartbeat', 'intake')),
  alert_source_id text,
  alert_source_name text,
  monitor_id text,
  service_id text,
  incident_id text,
  disposition text check (disposition in ('dismissed', 'declared', 'false-alarm')),
  dismiss_reason text,
  drill boolean not null default false,
  count integer not null,
  began_at timestamptz not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  closed_at timestamptz,
  closed_by text,
  close_reason text,
  labels jsonb not null default '{}',
  url text,
  evidence jsonb,
  -- What later stages have not been told yet: opened, raised, closed.
  announce text check (announce in ('opened', 'raised', 'closed')),
  raised_from text,
  prompt_due_at timestamptz,
  suspect_due_at timestamptz,
  prompted_at timestamptz,
  primary key (workspace_id, id)
) with (fillfactor = 70);
create unique index alert_key on alert (workspace_id, scope, dedup_key) where holds_key;
create index alert_incident on alert (workspace_id, incident_id) where incident_id is not null;
create index alert_monitor on alert (workspace_id, monitor_id, id) where monitor_id is not null;
create index alert_not_closed on alert (workspace_id, id) where state <> 'closed';
create index alert_announce on alert (workspace_id, id) where announce is not null;
create index alert_prompt_due on alert (prompt_due_at) where prompt_due_at is not null;
create index alert_suspect_due on alert (suspect_due_at) where suspect_due_at is not null;
create index alert_quiet on alert (workspace_id, id) where holds_key and state = 'closed';

-- The messages behind an alert, as received: the first (slot 0) and the latest 199. No foreign key: each row is written
-- by the statement that writes its alert, and a check per row would cost a fifth of the intake.
create table signal (
  workspace_id text not null,
  alert_id text not null,
  slot smallint not null,
  ordinal integer not null,
  id text not null,
  status text not null check (status in ('firing', 'resolved')),
  severity text not null,
  title text not null,
  source text,
  received_at timestamptz not null,
  payload text not null,
  primary key (workspace_id, alert_id, slot)
);

create function signal_rank(severity text) returns integer language sql immutable parallel safe
  return array_position(array['info', 'warning', 'error', 'critical'], severity);

create type signal_match as (g integer, workspace_id text, alert_id text, announce text, before integer);

-- Writes groups of signals, each of one key (`alerts`, numbered g), and keeps the signals themselves. Firing ones open an
-- alert for a new key, count on a known one and raise its severity; resolving ones close the alert that holds the key.
-- A function, because PostgreSQL keeps its plans: planning anew would cost as much as writing some twenty signals.
create function write_signals(firing boolean, reason text, alerts json, signals json)
returns table (g integer, alert_id text, announce text) language plpgsql as $$
#variable_conflict use_column
declare
  matched signal_match[];
begin
  if firing then
    with incoming as (
      select * from json_to_recordset(alerts) as t(
        g integer, workspace_id text, id text, scope text, dedup_key text, title text, severity text, source text,
        alert_source_id text, alert_source_name text, monitor_id text, service_id text, drill boolean, count integer,
        began_at timestamptz, first_seen_at timestamptz, last_seen_at timestamptz, labels text, url text, evidence text,
        prompt_due_at timestamptz, suspect_due_at timestamptz)
    ), upserted as (
      insert into alert as a (workspace_id, id, scope, dedup_key, title, severity, source, alert_source_id,
        alert_source_name, monitor_id, service_id, drill, count, began_at, first_seen_at, last_seen_at, labels, url,
        evidence, prompt_due_at, suspect_due_at, announce)
      select workspace_id, id, scope, dedup_key, title, severity, source, alert_source_id,
        alert_source_name, monitor_id, service_id, drill, count, began_at, first_seen_at, last_seen_at, labels::jsonb, url,
        evidence::jsonb, prompt_due_at, suspect_due_at, 'opened'
      from incoming order by incoming.g
      on conflict (workspace_id, scope, dedup_key) where holds_key do update set
        (count, last_seen_at, severity, raised_from, announce, prompt_due_at, suspect_due_at) = (
          select a.count + excluded.count, greatest(a.last_seen_at, excluded.last_seen_at),
            case when graver then excluded.severity else a.severity end,
            case when graver and a.announce is null then a.severity else a.raised_from end,
            case when graver and a.announce is null then 'raised' else a.announce end,
            case when graver and a.disposition is null then coalesce(a.prompt_due_at, excluded.prompt_due_at) else a.prompt_due_at end,
            case when graver and a.disposition is null then coalesce(a.suspect_due_at, excluded.suspect_due_at) else a.suspect_due_at end
          from (select a.state <> 'closed' and signal_rank(excluded.severity) > signal_rank(a.severity) as graver) as compared)
      returning a.workspace_id, a.scope, a.dedup_key, a.id, a.count, a.announce
    )
    select array_agg(row(i.g, u.workspace_id, u.id, u.announce, u.count - i.count)::signal_match) into matched
    from upserted u join incoming i on i.workspace_id = u.workspace_id and i.scope = u.scope and i.dedup_key = u.dedup_key;
  else
    with incoming as (
      select * from json_to_recordset(alerts) as t(g integer, workspace_id text, scope text, dedup_key text, count integer, last_seen_at timestamptz)
    ), held as (
      select a.workspace_id, a.id, i.g, i.count, i.last_seen_at
      from incoming i join alert a on a.workspace_id = i.workspace_id and a.scope = i.scope and a.dedup_key = i.dedup_key and a.holds_key
      order by i.g for update of a
    ), closed as (
      update alert a set
        holds_key = false,
        count = a.count + held.count,
        last_seen_at = greatest(a.last_seen_at, held.last_seen_at),
        state = 'closed',
        closed_at = coalesce(a.closed_at, held.last_seen_at),
        close_reason = coalesce(a.close_reason, reason),
        announce = case when a.state = 'closed' then a.announce else 'closed' end,
        prompt_due_at = null,
        suspect_due_at = null
      from held where a.workspace_id = held.workspace_id and a.id = held.id
      returning held.g, a.workspace_id, a.id, a.announce, a.count - held.count as before
    )
    select array_agg(row(c.g, c.workspace_id, c.id, c.announce, c.before)::signal_match) into matched from closed c;
  end if;

  -- The first signal of an alert stays in slot 0, the others go round in 199 slots; of several for one slot the latest wins.
  insert into signal (workspace_id, alert_id, slot, ordinal, id, status, severity, title, source, received_at, payload)
  select distinct on (p.workspace_id, p.alert_id, p.slot) p.* from (
    select m.workspace_id, m.alert_id,
      case when m.before + t.position <= 1 then 0 else 1 + ((m.before + t.position - 2) % 199) end::smallint as slot,
      m.before + t.position as ordinal, t.id, t.status, t.severity, t.title, t.source, t.received_at, t.payload
    from json_to_recordset(signals) as t(g integer, position integer, id text, status text, severity text, title text,
      source text, received_at timestamptz, payload text)
    join unnest(matched) m on m.g = t.g
  ) as p order by p.workspace_id, p.alert_id, p.slot, p.ordinal desc
  on conflict on constraint signal_pkey do update set ordinal = excluded.ordinal, id = excluded.id,
    status = excluded.status, severity = excluded.severity, title = excluded.title, source = excluded.source,
    received_at = excluded.received_at, payload = excluded.payload;

  return query select m.g, m.alert_id, m.announce from unnest(matched) m;
end $$;
