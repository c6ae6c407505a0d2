-- What happened to a page, one row per fact, written with the fact: nothing here is worked out afterwards.
create table page_entry (
  workspace_id text not null,
  id text not null,
  page_id text not null,
  at timestamptz not null,
  kind text not null check (kind in ('held', 'step', 'hurried', 'planned', 'handed-over', 'delivered', 'failed', 'dropped',
    'cancelled', 'seen', 'acknowledged', 'exhausted', 'ended')),
  -- Whom it concerns; null for what concerns the page as a whole.
  user_id text,
  -- What a message travels by, or what an answer came by.
  channel text,
  step integer,
  cycle integer,
  due_at timestamptz,
  delivery_id text,
  attempt integer,
  provider_id text,
  text text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, page_id) references page (workspace_id, id)
);
create index page_entry_page on page_entry (workspace_id, page_id, id);
create index page_entry_user on page_entry (workspace_id, user_id, id) where user_id is not null;
