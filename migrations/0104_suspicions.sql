-- Critical alerts that nobody declares are one suspicion when they are alike; after so long without one, the next begins
-- another. Null = each is a suspicion of its own.
alter table alert_setting add column suspicion_seconds integer default 3600 check (suspicion_seconds >= 60);
-- Without a service, alerts of one source are alike when these labels say the same.
alter table alert_setting add column suspicion_labels text[] not null default '{service,app,job,cluster,namespace}';
-- Why it is in its incident, when no person put it there.
alter table alert add column joined_why text;
