-- The alerts that one alert explains are listed with it, closed ones too.
create index alert_explained on alert (workspace_id, quiet_by, id) where quiet = 'upstream';
