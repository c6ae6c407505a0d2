-- What the public reads, at /s/{slug}.
create table status_page (
  workspace_id text not null,
  id text not null,
  name text not null,
  slug text not null unique,
  time_zone text not null,
  published boolean not null default true,
  created_at timestamptz not null,
  -- When something that a reader can see last changed.
  changed_at timestamptz not null,
  primary key (workspace_id, id)
);

-- A line on a page. `status` is what was last said of it; what we cannot see right now is not stored here.
create table component (
  workspace_id text not null,
  id text not null,
  status_page_id text not null,
  service_id text,
  name text not null,
  description text,
  position integer not null,
  status text not null default 'operational'
    check (status in ('operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance')),
  status_since timestamptz not null,
  -- The incident whose update said so; null when it is operational.
  said_by_incident_id text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  removed_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, status_page_id) references status_page (workspace_id, id)
);
create unique index component_service on component (workspace_id, status_page_id, service_id)
  where service_id is not null and removed_at is null;
create index component_page on component (workspace_id, status_page_id, position);

-- When a component was said to be anything but operational: the past of its bar.
create table component_interval (
  workspace_id text not null,
  component_id text not null,
  status text not null,
  incident_id text,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, component_id, started_at),
  foreign key (workspace_id, component_id) references component (workspace_id, id),
  check (ended_at is null or ended_at >= started_at)
);
create unique index component_interval_open on component_interval (workspace_id, component_id) where ended_at is null;

-- An incident as the public knows it: written by updates, never read from the inner record.
create table public_incident (
  workspace_id text not null,
  incident_id text not null,
  title text not null,
  status text not null check (status in ('investigating', 'identified', 'monitoring', 'resolved')),
  impact text not null check (impact in ('none', 'minor', 'major', 'critical')),
  started_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  monitoring_at timestamptz,
  resolved_at timestamptz,
  next_update_by timestamptz,
  primary key (workspace_id, incident_id)
);
create index public_incident_open on public_incident (workspace_id) where resolved_at is null;
create index public_incident_time on public_incident (workspace_id, created_at desc);

create table public_incident_page (
  workspace_id text not null,
  incident_id text not null,
  status_page_id text not null,
  primary key (workspace_id, incident_id, status_page_id),
  foreign key (workspace_id, incident_id) references public_incident (workspace_id, incident_id),
  foreign key (workspace_id, status_page_id) references status_page (workspace_id, id)
);
create index public_incident_page_page on public_incident_page (workspace_id, status_page_id);

-- What was said, word for word; never changed afterwards. Those of a drill have no public incident.
create table incident_update (
  workspace_id text not null,
  id text not null,
  incident_id text not null,
  title text not null,
  status text not null check (status in ('investigating', 'identified', 'monitoring', 'resolved')),
  body text not null,
  components jsonb not null default '[]',
  status_page_ids text[] not null default '{}',
  posted_at timestamptz not null,
  posted_by text,
  next_update_by timestamptz,
  notify boolean not null,
  drill boolean not null default false,
  primary key (workspace_id, id)
);
create index incident_update_incident on incident_update (workspace_id, incident_id, id);

create table public_postmortem (
  workspace_id text not null,
  incident_id text not null,
  title text not null,
  body text not null,
  published_at timestamptz not null,
  primary key (workspace_id, incident_id)
);

-- Somebody who wants to be told. The link that confirms carries a signature over `link_key`; a new key ends earlier ones.
create table subscriber (
  workspace_id text not null,
  id text not null,
  status_page_id text not null,
  email text not null,
  state text not null check (state in ('pending', 'confirmed', 'unsubscribed')),
  component_ids text[],
  link_key text not null,
  asked_at timestamptz,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  unsubscribed_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, status_page_id) references status_page (workspace_id, id)
);
create unique index subscriber_email on subscriber (workspace_id, status_page_id, lower(email));
create index subscriber_told on subscriber (workspace_id, status_page_id, id) where state = 'confirmed';
create index subscriber_asked on subscriber (status_page_id, asked_at) where state = 'pending';
