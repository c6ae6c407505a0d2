-- What a source of mail takes from a subject; a source without a row goes by the usual words.
create table mail_rule (
  workspace_id text not null,
  alert_source_id text not null,
  resolved_words text[] not null,
  ignored_words text[] not null,
  severity text not null check (severity in ('critical', 'error', 'warning', 'info')),
  changed_at timestamptz not null,
  primary key (workspace_id, alert_source_id),
  foreign key (workspace_id, alert_source_id) references alert_source (workspace_id, id)
);

-- Mails that were taken in, by the digest of their Message-ID and of the key they were sent to: mail servers send again
-- what they are not sure of. A row is written with its signal and is forgotten after two weeks.
create table received_mail (
  workspace_id text not null,
  alert_source_id text not null,
  digest text not null,
  received_at timestamptz not null,
  primary key (workspace_id, alert_source_id, digest)
);
create index received_mail_age on received_mail (received_at);
