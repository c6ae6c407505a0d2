-- Tries to sign in, to guess an invite's password or a setup code, until they turn out to be none: what is limited counts
-- together over all processes. The key is a digest of who tried what; rows are forgotten after a day.
create table sign_in_try (
  id text not null,
  key text not null,
  tried_at timestamptz not null,
  primary key (id, key)
);
create index sign_in_try_recent on sign_in_try (key, tried_at);
create index sign_in_try_age on sign_in_try (tried_at);
