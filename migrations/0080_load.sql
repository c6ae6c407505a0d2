-- The load report asks when pages reached people, by time.
create index page_entry_handed_over on page_entry (workspace_id, at) where kind = 'handed-over';
