-- The mail server that is tried when the first one fails or is slow.
create table mail_spare (
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
