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
create unique index alert_key on alert (dedup_key, scope, workspace_id) where holds_key;
create index alert_incident on alert (workspace_id, incident_id) where incident_id is not null;
create index alert_monitor on alert (workspace_id, monitor_id, id) where monitor_id is not null;
create index alert_not_closed on alert (workspace_id, id) where state <> 'closed';
create index alert_announce on alert (workspace_id, id) where announce is not null;
create index alert_prompt_due on alert (prompt_due_at) where prompt_due_at is not null;
create index alert_suspect_due on alert (suspect_due_at) where suspect_due_at is not null;
create index alert_quiet on alert (workspace_id, id) where holds_key and state = 'closed';

-- The messages behind an alert, as received: the first and at least the latest 199. No foreign key: each row is written by
-- the statement that writes its alert, and a check per row would cost a fifth of the intake.
create table signal (
  workspace_id text not null,
  alert_id text not null,
  -- 1 is the first signal of its alert.
  ordinal integer not null,
  received_at timestamptz not null,
  status text not null check (status in ('firing', 'resolved')),
  severity text not null,
  title text not null,
  source text,
  payload text not null,
  primary key (workspace_id, alert_id, ordinal)
);

create function signal_rank(severity text) returns integer language sql immutable parallel safe
  return array_position(array['info', 'warning', 'error', 'critical'], severity);

-- The following functions write groups of signals, each of one key and numbered from 1 (g). Functions, because PostgreSQL
-- keeps their plans: planning anew would cost as much as writing some twenty signals. A plan may stem from when the table
-- was empty and every index looked alike; `workspace_id || ''` leaves it none but alert_key. What every signal brings comes
-- in arrays, which are cheaper to read than JSON.

-- An alert that a group was counted on: how many signals it had before, how many it has now.
create type signal_match as (g integer, workspace_id text, alert_id text, announce text, before integer, after integer);

-- Keeps the signals of the matched groups. Whenever an alert passes a multiple of 100, those between the first and the
-- latest 199 go.
create function keep_signals(matched signal_match[], status text, groups integer[], positions integer[],
  severities text[], titles text[], sources text[], received_ms float8[], payloads text[])
returns void language plpgsql as $$
begin
  insert into signal (workspace_id, alert_id, ordinal, received_at, status, severity, title, source, payload)
  select m.workspace_id, m.alert_id, m.before + t.position, to_timestamp(t.received_ms / 1000), keep_signals.status,
    t.severity, t.title, t.source, t.payload
  from unnest(groups, positions, severities, titles, sources, received_ms, payloads)
    as t(g, position, severity, title, source, received_ms, payload)
  join unnest(matched) as m on m.g = t.g;

  delete from signal s using unnest(matched) as m
  where m.after > 200 and m.before / 100 < m.after / 100
    and s.workspace_id = m.workspace_id and s.alert_id = m.alert_id and s.ordinal between 2 and m.after - 199;
end $$;

-- Counts on the alerts that hold the keys already, which is the usual case and costs one narrow update each. Opens an
-- alert for each key that none holds, and raises the severity where the group is graver; only then is the alert's JSON read.
create function write_firing(workspace_ids text[], scopes text[], dedup_keys text[], counts integer[], seen_ms float8[],
  gravest text[], alerts text[], groups integer[], positions integer[], severities text[], titles text[], sources text[],
  received_ms float8[], payloads text[])
returns table (g integer, alert_id text, announce text) language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
declare
  matched signal_match[];
  opened signal_match[];
begin
  with counted as (
    update alert a set count = a.count + i.count, last_seen_at = greatest(a.last_seen_at, to_timestamp(i.seen_ms / 1000))
    from unnest(workspace_ids, scopes, dedup_keys, counts, seen_ms, gravest) with ordinality
      as i(workspace_id, scope, dedup_key, count, seen_ms, gravest, g)
    where a.dedup_key = i.dedup_key and a.scope = i.scope and a.workspace_id || '' = i.workspace_id and a.holds_key
      and (a.state = 'closed' or signal_rank(a.severity) >= signal_rank(i.gravest))
    returning i.g, a.workspace_id, a.id, a.announce, a.count - i.count as before, a.count as after
  )
  select array_agg(row(c.g, c.workspace_id, c.id, c.announce, c.before, c.after)::signal_match) into matched from counted c;

  if matched is null or cardinality(matched) < cardinality(counts) then
    with incoming as (
      select i.g, i.workspace_id, i.scope, i.dedup_key, i.count, i.gravest, to_timestamp(i.seen_ms / 1000) as last_seen_at, n.*
      from unnest(workspace_ids, scopes, dedup_keys, counts, seen_ms, gravest, alerts) with ordinality
        as i(workspace_id, scope, dedup_key, count, seen_ms, gravest, alert, g),
      lateral json_to_record(i.alert::json) as n(
        id text, title text, source text, alert_source_id text, alert_source_name text, monitor_id text, service_id text,
        drill boolean, began_at timestamptz, first_seen_at timestamptz, labels text, url text, evidence text,
        prompt_due_at timestamptz, suspect_due_at timestamptz)
      where matched is null or not exists (select from unnest(matched) as m where m.g = i.g)
    ), upserted as (
      insert into alert as a (workspace_id, id, scope, dedup_key, title, severity, source, alert_source_id,
        alert_source_name, monitor_id, service_id, drill, count, began_at, first_seen_at, last_seen_at, labels, url,
        evidence, prompt_due_at, suspect_due_at, announce)
      select workspace_id, id, scope, dedup_key, title, gravest, source, alert_source_id,
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
    select array_agg(row(i.g, u.workspace_id, u.id, u.announce, u.count - i.count, u.count)::signal_match) into opened
    from upserted u join incoming i on i.workspace_id = u.workspace_id and i.scope = u.scope and i.dedup_key = u.dedup_key;
    matched := matched || opened;
  end if;

  perform keep_signals(matched, 'firing', groups, positions, severities, titles, sources, received_ms, payloads);
  return query select m.g, m.alert_id, m.announce from unnest(matched) as m;
end $$;

-- Closes the alerts that hold the keys; a key that none holds is left out of the answer.
create function write_resolved(reason text, workspace_ids text[], scopes text[], dedup_keys text[], counts integer[],
  seen_ms float8[], groups integer[], positions integer[], severities text[], titles text[], sources text[],
  received_ms float8[], payloads text[])
returns table (g integer, alert_id text, announce text) language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
declare
  matched signal_match[];
begin
  with held as (
    select a.workspace_id, a.id, i.g, i.count, to_timestamp(i.seen_ms / 1000) as seen_at
    from unnest(workspace_ids, scopes, dedup_keys, counts, seen_ms) with ordinality
      as i(workspace_id, scope, dedup_key, count, seen_ms, g)
    join alert a on a.dedup_key = i.dedup_key and a.scope = i.scope and a.workspace_id || '' = i.workspace_id and a.holds_key
    order by i.g for update of a
  ), closed as (
    update alert a set
      holds_key = false,
      count = a.count + held.count,
      last_seen_at = greatest(a.last_seen_at, held.seen_at),
      state = 'closed',
      closed_at = coalesce(a.closed_at, held.seen_at),
      close_reason = coalesce(a.close_reason, reason),
      announce = case when a.state = 'closed' then a.announce else 'closed' end,
      prompt_due_at = null,
      suspect_due_at = null
    from held where a.workspace_id = held.workspace_id and a.id = held.id
    returning held.g, a.workspace_id, a.id, a.announce, a.count - held.count as before, a.count as after
  )
  select array_agg(row(c.g, c.workspace_id, c.id, c.announce, c.before, c.after)::signal_match) into matched from closed c;
  if matched is null then return; end if;
  perform keep_signals(matched, 'resolved', groups, positions, severities, titles, sources, received_ms, payloads);
  return query select m.g, m.alert_id, m.announce from unnest(matched) as m;
end $$;
