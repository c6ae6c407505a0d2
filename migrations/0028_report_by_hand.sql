-- A person may say that something is wrong.
alter table alert drop constraint alert_source_check;
alter table alert add constraint alert_source_check check (source in ('monitor', 'heartbeat', 'intake', 'person'));
