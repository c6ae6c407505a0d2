-- Answers already given to POSTs that carried an Idempotency-Key, kept for 24 hours.
create table idempotency_key (
  workspace_id text not null,
  actor text not null,
  route text not null,
  key text not null,
  body_digest text not null,
  status integer not null,
  response jsonb,
  created_at timestamptz not null,
  primary key (workspace_id, actor, route, key)
);
create index idempotency_key_age on idempotency_key (created_at);
