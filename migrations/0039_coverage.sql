-- What the last look at the next 30 days found, and when to look again.
create table coverage_report (
  workspace_id text primary key references workspace (id),
  due_at timestamptz not null,
  proved_at timestamptz,
  -- The report as it is shown; null before the first look.
  document jsonb
);
create index coverage_report_due on coverage_report (due_at);
insert into coverage_report (workspace_id, due_at) select id, now() from workspace;
