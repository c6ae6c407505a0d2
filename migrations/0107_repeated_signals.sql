-- What a sender repeats word for word within seconds is counted and not kept again: the place of a signal in its alert
-- leaves out those that said the same. A flood of repeats costs one narrow update each.
create or replace function write_firing(workspace_ids text[], scopes text[], dedup_keys text[], counts integer[], seen_ms float8[],
  gravest text[], alerts text[], groups integer[], positions integer[], severities text[], titles text[], sources text[],
  received_ms float8[], payloads text[])
returns table (g integer, alert_id text, announce text) language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
declare
  matched signal_match[];
  opened signal_match[];
  told integer;
begin
  -- Only repeats of what is kept already: nothing to do but count.
  if cardinality(groups) = 0 then
    return query update alert a set count = a.count + i.count, last_seen_at = greatest(a.last_seen_at, to_timestamp(i.seen_ms / 1000))
      from unnest(workspace_ids, scopes, dedup_keys, counts, seen_ms, gravest) with ordinality
        as i(workspace_id, scope, dedup_key, count, seen_ms, gravest, g)
      where a.dedup_key = i.dedup_key and a.scope = i.scope and a.workspace_id || '' = i.workspace_id and a.holds_key
        and (a.state = 'closed' or signal_rank(a.severity) >= signal_rank(i.gravest))
      returning i.g::integer, a.id, a.announce;
    get diagnostics told = row_count;
    if told < cardinality(counts) then
      raise exception 'a key that was thought to be held is not' using errcode = 'ALKEY';
    end if;
    return;
  end if;

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
    if exists (select from unnest(alerts) with ordinality as n(alert, g)
        where n.alert is null and (matched is null or not exists (select from unnest(matched) as m where m.g = n.g))) then
      raise exception 'a key that was thought to be held is not' using errcode = 'ALKEY';
    end if;
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
        (count, last_seen_at, title, url, evidence, severity, raised_from, announce, prompt_due_at, suspect_due_at) = (
          select a.count + excluded.count, greatest(a.last_seen_at, excluded.last_seen_at),
            case when graver then excluded.title else a.title end,
            case when graver then excluded.url else a.url end,
            case when graver then excluded.evidence else a.evidence end,
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
