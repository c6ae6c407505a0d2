-- Up to when people were told of hand-offs of a schedule. Who is on call does not depend on it.
alter table schedule add column told_until timestamptz not null default now();
create index schedule_told on schedule (told_until) where removed_at is null;
