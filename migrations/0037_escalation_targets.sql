-- Steps name targets (people, schedules, teams) instead of people only, and say how they ask.
create function pg_temp.with_targets(document jsonb) returns jsonb language sql as $$
  select jsonb_build_object(
    'steps', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'targets', (
          select coalesce(jsonb_agg(jsonb_build_object('kind', 'user', 'userId', u.id) order by u.place), '[]')
          from jsonb_array_elements_text(s.step -> 'userIds') with ordinality as u(id, place)),
        'ask', 'all',
        'delaySeconds', s.step -> 'delaySeconds',
        'untilBusinessHours', false,
        'onlyUrgency', null,
        'onlyHours', null) order by s.place), '[]')
      from jsonb_array_elements(document -> 'steps') with ordinality as s(step, place)),
    'repeatCount', document -> 'repeatCount',
    'acknowledgement', 'one',
    'acknowledgeTimeoutSeconds', null,
    'fallback', '[]'::jsonb)
$$;
update escalation_policy_version set document = pg_temp.with_targets(document);
update page set document = pg_temp.with_targets(document);

-- How many pages a step has asked by turns; the row is what the next page's turn is counted from.
create table escalation_turn (
  workspace_id text not null,
  policy_id text not null,
  step integer not null,
  turns integer not null,
  primary key (workspace_id, policy_id, step),
  foreign key (workspace_id, policy_id) references escalation_policy (workspace_id, id)
);

-- Who has acknowledged a page that everybody asked has to acknowledge.
create table page_answer (
  workspace_id text not null,
  page_id text not null,
  user_id text not null,
  answered_at timestamptz not null,
  channel text not null,
  primary key (workspace_id, page_id, user_id),
  foreign key (workspace_id, page_id) references page (workspace_id, id)
);

-- An acknowledged page whose acknowledgement runs out is due as well.
drop index page_due;
create index page_due on page (next_step_at) where state in ('held', 'open', 'acknowledged') and next_step_at is not null;
