-- Somebody whom an import named and who has not come yet: a member with duties, who cannot sign in before accepting an invite.
alter table member add column awaited boolean not null default false;

-- What another tool exported, and the plan that was made of it. The document is forgotten once the plan is carried out.
create table import (
  workspace_id text not null,
  id text not null,
  tool text not null check (tool in ('opsgenie', 'pagerduty', 'grafana-oncall')),
  document jsonb,
  -- What the plan does, as a digest: it is carried out exactly so, or not at all.
  digest text not null,
  report jsonb not null,
  planned_at timestamptz not null,
  planned_by text,
  applied_at timestamptz,
  applied_by text,
  primary key (workspace_id, id)
);

-- Which of ours an import made of, or found for, which of theirs; a second import makes nothing twice.
create table import_link (
  workspace_id text not null,
  tool text not null,
  kind text not null check (kind in ('person', 'team', 'schedule', 'override', 'policy', 'service')),
  vendor_id text not null,
  target_id text not null,
  import_id text not null,
  primary key (workspace_id, tool, kind, vendor_id),
  foreign key (workspace_id, import_id) references import (workspace_id, id)
);
