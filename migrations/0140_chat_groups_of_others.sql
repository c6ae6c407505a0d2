-- Groups of other chats than Slack follow schedules too. Where a chat does not say who is in a group (a role in Discord),
-- we keep whom we may have put into it, from before we ask until it is known to be otherwise.
alter table chat_group
  add column kind text not null default 'slack' check (kind in ('slack', 'mattermost', 'discord')),
  add column held text[] not null default '{}';
update chat_group set held = addresses;
alter table chat_group alter column kind drop default;
alter table chat_group drop constraint chat_group_workspace_id_group_id_key;
alter table chat_group add unique (workspace_id, kind, group_id);
