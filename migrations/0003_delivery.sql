-- One message to one address. The row is the truth; a job is only its wake-up.
create table delivery (
  workspace_id text not null,
  id text not null,
  kind text not null check (kind in ('email', 'webhook', 'ntfy')),
  purpose text not null check (purpose in ('page', 'notice', 'test', 'subscriber', 'invite')),
  state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'held', 'dropped')),
  address text not null,
  subject text not null,
  -- Sealed JSON: text, links, codes and signing secrets.
  message text not null,
  unique_key text not null,
  page_id text,
  user_id text,
  incident_id text,
  subscriber_id text,
  not_after timestamptz,
  created_at timestamptz not null,
  -- By the product's clock.
  next_attempt_at timestamptz,
  attempts integer not null default 0,
  -- By the database's clock, so that nodes whose clocks differ agree on who sends.
  lease_until timestamptz,
  nudged_at timestamptz,
  settled_at timestamptz,
  provider_id text,
  why text,
  primary key (workspace_id, id),
  unique (workspace_id, unique_key)
);
create index delivery_due on delivery (next_attempt_at) where state = 'queued';
create index delivery_leased on delivery (lease_until) where state = 'sending';
create index delivery_held on delivery (workspace_id, kind) where state = 'held';
create index delivery_page on delivery (workspace_id, page_id) where page_id is not null;
create index delivery_incident on delivery (workspace_id, incident_id) where incident_id is not null;
create index delivery_settled on delivery (workspace_id, kind, settled_at) where settled_at is not null;

-- How mail leaves, as set on the screen; without a row the environment decides.
create table mail_setting (
  workspace_id text not null primary key,
  host text not null,
  port integer not null,
  security text not null check (security in ('tls', 'starttls', 'if-offered', 'none')),
  username text,
  -- Sealed.
  password text,
  sender text not null,
  changed_at timestamptz not null,
  changed_by text
);
