-- What a page told a team channel that a step names. A channel is nobody, so these are apart from the messages to people.
create table page_post (
  workspace_id text not null,
  page_id text not null,
  notice_channel_id text not null,
  step integer not null,
  cycle integer not null,
  due_at timestamptz not null,
  delivery_id text not null,
  primary key (workspace_id, page_id, notice_channel_id, step, cycle),
  foreign key (workspace_id, page_id) references page (workspace_id, id),
  foreign key (workspace_id, notice_channel_id) references notice_channel (workspace_id, id)
);
create index page_post_delivery on page_post (workspace_id, delivery_id);

-- Hears only what escalation steps send there, and not what begins and ends.
alter table notice_channel add column only_pages boolean not null default false;
-- Why the last message did not arrive; null when it did.
alter table notice_channel add column fault text;
