-- Since when a message waits for whoever has to find out whether it is still true; null = it never had to.
alter table delivery add column waiting_since timestamptz;

-- When it was due, where that was before it was written; null = when it was written.
alter table delivery add column due_at timestamptz;

-- `waiting`: it goes out once a check has told whether it is still true.
alter table page_entry drop constraint page_entry_kind_check;
alter table page_entry add constraint page_entry_kind_check check (kind in (
  'held', 'step', 'hurried', 'planned', 'folded', 'waiting', 'handed-over', 'delivered', 'slow', 'failed', 'dropped',
  'cancelled', 'seen', 'acknowledged', 'exhausted', 'ended'));
