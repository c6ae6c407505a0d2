-- Where a monitor stands among others: names with / between them, at most five; null = in no group.
alter table monitor add column group_path text;
create index monitor_group on monitor (workspace_id, group_path text_pattern_ops) where group_path is not null;
