-- Whoever got many pages as one message hears once when none of them waits any more; null = some may still wait.
alter table page_fold add column settled_at timestamptz;
update page_fold set settled_at = created_at;
create index page_fold_unsettled on page_fold (workspace_id, user_id) where settled_at is null;
