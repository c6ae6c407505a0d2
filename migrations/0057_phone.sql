-- SMS and voice calls: the providers that an admin connected, in the order in which they are tried.
create table phone_setting (
  workspace_id text not null,
  provider text not null check (provider in ('twilio', 'vonage')),
  position smallint not null,
  -- Sealed JSON: account, token, keys.
  credentials text not null,
  -- What the provider calls the account.
  account text not null,
  -- The numbers that messages and calls come from, E.164.
  sms_numbers text[] not null,
  voice_numbers text[] not null,
  changed_at timestamptz not null,
  changed_by text,
  primary key (workspace_id, provider)
);

-- One row for each time that a message was handed to a provider.
create table delivery_try (
  workspace_id text not null,
  delivery_id text not null,
  number smallint not null,
  provider text not null,
  sender text not null,
  state text not null check (state in ('sending', 'sent', 'failed', 'delivered', 'undelivered', 'unconfirmed')),
  -- Set for what failed: the same provider would refuse it again.
  permanent boolean not null default false,
  -- Set for what failed: it may have gone out all the same.
  unclear boolean not null default false,
  why text,
  provider_id text,
  started_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (workspace_id, delivery_id, number),
  foreign key (workspace_id, delivery_id) references delivery (workspace_id, id) on delete cascade
);

-- When the channel said that the message arrived, and until when it has to say so.
alter table delivery add column confirmed_at timestamptz;
alter table delivery add column receipt_due_at timestamptz;
create index delivery_receipt_due on delivery (receipt_due_at) where receipt_due_at is not null;

-- Which page the digits mean that somebody replies from a number.
create table sms_code (
  workspace_id text not null,
  address text not null,
  slot smallint not null,
  page_id text not null,
  delivery_id text not null,
  given_at timestamptz not null,
  primary key (workspace_id, address, slot)
);

-- Numbers that said STOP, until they say START.
create table phone_stop (
  workspace_id text not null,
  address text not null,
  stopped_at timestamptz not null,
  primary key (workspace_id, address)
);

-- Replies and digits that were taken. Kept for good: a signature may have no date, so none of them may count twice.
create table heard_reply (
  workspace_id text not null,
  reply_key text not null,
  heard_at timestamptz not null,
  primary key (workspace_id, reply_key)
);
