-- Somebody asks for people by hand: who asked, and in which words.
alter table page drop constraint page_cause_check;
alter table page add constraint page_cause_check check (cause in ('alert', 'incident', 'role-vacancy', 'by-hand'));
alter table page add column asked_by text;
alter table page add column note text;
