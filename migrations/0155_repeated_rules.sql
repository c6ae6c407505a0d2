-- One method may be used several times for an urgency, such as a call at once, after 3 and after 6 minutes.
alter table notification_rule drop constraint notification_rule_workspace_id_contact_method_id_urgency_key;
alter table notification_rule add unique (workspace_id, contact_method_id, urgency, delay_seconds);

-- So the key of a message to somebody has the delay of its rule; what is there has one message by each method.
alter table page_notice add column delay_seconds integer not null default 0;
alter table page_notice drop constraint page_notice_pkey;
alter table page_notice
  add primary key (workspace_id, page_id, user_id, contact_method_id, step, cycle, delay_seconds);
