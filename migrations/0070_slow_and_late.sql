-- When a try had gone without an answer for so long that whoever waits for it was told.
alter table delivery add column slow_at timestamptz;
-- Whether an earlier try got no answer, so that its message may have arrived all the same.
alter table delivery add column unclear boolean not null default false;
-- `slow`: a provider took its time, so the next method went out.
alter table page_entry drop constraint page_entry_kind_check;
alter table page_entry add constraint page_entry_kind_check check (kind in ('held', 'step', 'hurried', 'planned', 'handed-over',
  'delivered', 'slow', 'failed', 'dropped', 'cancelled', 'seen', 'acknowledged', 'exhausted', 'ended'));
