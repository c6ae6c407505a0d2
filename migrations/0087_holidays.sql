-- Days on which an office is closed: of a country, and what was typed in.
create table holiday_calendar (
  workspace_id text not null references workspace (id),
  id text not null,
  name text not null,
  version integer not null,
  -- Such as DE, and in it BY or BY-A; null = only what was typed in.
  country text,
  region text,
  -- Days on which only banks and offices are closed count too.
  bank_holidays boolean not null,
  -- Names of the country's holidays on which this office works.
  left_out text[] not null,
  -- [{ date, name }], by the rules of the country; kept as they were once they are over.
  rule_days jsonb not null,
  -- Up to which year they are worked out, and by which rules.
  rules_until integer,
  rules_version text,
  -- [{ date, name }], typed in.
  own_days jsonb not null,
  -- Of everybody who has no other.
  is_default boolean not null,
  team_ids text[] not null,
  user_ids text[] not null,
  changed_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index holiday_calendar_default on holiday_calendar (workspace_id) where is_default;
create index holiday_calendar_rules on holiday_calendar (rules_until) where country is not null;
