-- What a message in a chat says became of it: what it has to say, and what it says by now.
alter table delivery add column note text;
alter table delivery add column shown_note text;
