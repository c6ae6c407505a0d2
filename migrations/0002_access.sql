-- People, sessions and passwords belong to the installation, not to a workspace: one person may be a member of several.
-- The four tables of the sign-in library (docs/decisions/0001-sign-in.md) are user_account, user_session,
-- user_credential and user_verification; their columns are the library's, in snake_case.
create table user_account (
  id text primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  time_zone text not null default 'UTC',
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table user_session (
  id text primary key,
  user_id text not null references user_account (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index user_session_user on user_session (user_id);

create table user_credential (
  id text primary key,
  user_id text not null references user_account (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (user_id, provider_id, account_id)
);

create table user_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index user_verification_identifier on user_verification (identifier);

create table workspace (
  id text primary key,
  name text not null,
  slug text not null unique,
  time_zone text not null,
  business_hours jsonb not null,
  created_at timestamptz not null
);

create table member (
  workspace_id text not null references workspace (id),
  user_id text not null references user_account (id),
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  joined_at timestamptz not null,
  deactivated_at timestamptz,
  primary key (workspace_id, user_id)
);
create index member_user on member (user_id);

create table invite (
  id text not null,
  workspace_id text not null references workspace (id),
  token_digest text not null unique,
  email text,
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by text,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);

create table password_reset (
  id text not null,
  workspace_id text not null references workspace (id),
  user_id text not null references user_account (id) on delete cascade,
  token_digest text not null unique,
  -- Null when the person asked for it by mail.
  made_by text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, id)
);
create index password_reset_user on password_reset (user_id) where used_at is null;

create table api_key (
  id text not null,
  workspace_id text not null references workspace (id),
  user_id text not null references user_account (id),
  name text not null,
  hint text not null,
  key_digest text not null unique,
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  scopes text[] not null,
  -- 'environment': given by ALLCLEAR_OWNER_API_KEY, replaced when that changes.
  source text not null check (source in ('person', 'environment')),
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);

create table allowed_target (
  id text not null,
  workspace_id text not null references workspace (id),
  cidr text not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, cidr)
);

create table audit_entry (
  id text not null,
  workspace_id text not null,
  at timestamptz not null,
  actor_user_id text,
  actor_name text not null,
  channel text not null,
  action text not null,
  subject_id text not null,
  detail jsonb not null,
  primary key (workspace_id, id)
);
create index audit_entry_subject on audit_entry (workspace_id, subject_id, id);
