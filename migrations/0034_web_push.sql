-- Browsers and chats as ways to reach a person.
alter table delivery drop constraint delivery_kind_check;
alter table delivery add constraint delivery_kind_check check (kind in (
  'email', 'webhook', 'ntfy', 'sms', 'voice',
  'webpush', 'slack', 'teams', 'mattermost', 'discord', 'telegram', 'pushover'
));
alter table contact_method drop constraint contact_method_kind_check;
alter table contact_method add constraint contact_method_kind_check check (kind in (
  'email', 'webhook', 'ntfy', 'sms', 'voice',
  'webpush', 'slack', 'teams', 'mattermost', 'discord', 'telegram', 'pushover'
));
-- Set when the channel said that the address exists no more; verified_at is null from then on.
alter table contact_method add column lost_at timestamptz;
