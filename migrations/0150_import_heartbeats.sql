-- An import brings heartbeats too.
alter table import_link drop constraint import_link_kind_check;
alter table import_link add constraint import_link_kind_check
  check (kind in ('person', 'team', 'schedule', 'override', 'policy', 'service', 'heartbeat'));
