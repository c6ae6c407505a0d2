-- When an alert began to ask that was quiet or put off until then; null: since it was opened. A storm counts what begins to
-- ask within a minute, also where that came long before.
alter table alert add column asks_at timestamptz;
create index alert_asks_at on alert (workspace_id, asks_at) where asks_at is not null;
