-- The alert source behind the form "Report a problem" of a status page; null = the form is off.
alter table status_page add column report_source_id text;
