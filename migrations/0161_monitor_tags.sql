alter table monitor add column tags text[] not null default '{}';
