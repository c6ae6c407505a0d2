-- Which ticket a mail belongs to: by the digest of its Message-ID, of those that it answers, or of a number in its subject.
create table ticket_mail (
  workspace_id text not null,
  alert_source_id text not null,
  name text not null,
  dedup_key text not null,
  received_at timestamptz not null,
  primary key (workspace_id, alert_source_id, name),
  foreign key (workspace_id, alert_source_id) references alert_source (workspace_id, id)
);
create index ticket_mail_age on ticket_mail (received_at);

-- Mails that opened nothing because no person wrote them, counted by why.
create table ignored_mail (
  workspace_id text not null,
  alert_source_id text not null,
  reason text not null check (reason in ('auto-reply', 'bounce', 'bulk', 'ours')),
  count bigint not null,
  last_at timestamptz not null,
  primary key (workspace_id, alert_source_id, reason),
  foreign key (workspace_id, alert_source_id) references alert_source (workspace_id, id)
);
