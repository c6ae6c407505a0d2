-- When a person is told of low urgency only afterwards: weekdays and hours, by the clock of their own time zone.
create table quiet_hours (
  workspace_id text not null,
  user_id text not null,
  windows jsonb not null,
  changed_at timestamptz not null,
  primary key (workspace_id, user_id)
);

-- The end of the quiet hours that a message waits for; null = it waits for none.
alter table page_notice add column quiet_until timestamptz;
