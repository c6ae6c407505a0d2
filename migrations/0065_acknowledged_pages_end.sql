-- A page ends with what it was about, also when somebody had acknowledged it. Those that outlived it end now.
update page p set state = 'stopped', stopped_at = coalesce(i.resolved_at, i.closed_at, i.declined_at, now()), next_step_at = null,
  stop_reason = case i.state when 'declined' then 'false-alarm' when 'closed' then 'closed' else 'resolved' end
from incident i
where p.workspace_id = i.workspace_id and p.incident_id = i.id and p.state = 'acknowledged'
  and i.state in ('resolved', 'closed', 'declined');

update page p set state = 'stopped', stopped_at = coalesce(a.closed_at, now()), next_step_at = null,
  stop_reason = case a.close_reason when 'recovered' then 'recovered' when 'resolved' then 'recovered' when 'quiet' then 'quiet'
    when 'by-hand' then 'closed' else 'false-alarm' end
from alert a
where p.workspace_id = a.workspace_id and p.alert_id = a.id and p.incident_id is null and p.state = 'acknowledged'
  and a.state = 'closed';
