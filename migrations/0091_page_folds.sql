-- Over so many pages to one person by one method in ten minutes, the next ones come as one message; null = never.
alter table alert_setting add column pages_per_person integer default 10 check (pages_per_person >= 3);

-- `folded`: it goes out with others in one message, whose delivery it has once that is written.
alter table page_notice drop constraint page_notice_state_check;
alter table page_notice add constraint page_notice_state_check
  check (state in ('planned', 'queued', 'cancelled', 'folded'));
alter table page_entry drop constraint page_entry_kind_check;
alter table page_entry add constraint page_entry_kind_check check (kind in (
  'held', 'step', 'hurried', 'planned', 'folded', 'handed-over', 'delivered', 'slow', 'failed', 'dropped', 'cancelled',
  'seen', 'acknowledged', 'exhausted', 'ended'));

create index page_notice_recent on page_notice (workspace_id, user_id, due_at) where state = 'queued';
create index page_notice_folding on page_notice (workspace_id, user_id, contact_method_id)
  where state = 'folded' and delivery_id is null;
create index page_notice_folded on page_notice (workspace_id, delivery_id) where state = 'folded';

-- One message in the place of many pages, to one person by one method.
create table page_fold (
  workspace_id text not null,
  id text not null,
  user_id text not null,
  contact_method_id text not null,
  delivery_id text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create index page_fold_newest on page_fold (workspace_id, user_id, contact_method_id, created_at);
create unique index page_fold_delivery on page_fold (workspace_id, delivery_id);
