-- Alerts of monitors that ask one address and fail together ask as one. Null = each asks for itself.
alter table alert_setting add column address_seconds integer default 300 check (address_seconds between 30 and 3600);
alter table alert_group drop constraint alert_group_kind_check;
alter table alert_group add constraint alert_group_kind_check check (kind in ('route', 'storm', 'address'));
-- The addresses and hosts that its members ask, of a group by address.
alter table alert_group add column names text[] not null default '{}';
