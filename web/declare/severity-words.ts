import type { SeverityLevel } from '#declare/contract';
import { formatDuration } from '../ui/format.ts';

/** What declaring at a level sets off, in the order in which it happens. */
export function consequencesOf({
  level,
  customerFacing,
  drill,
  linked,
}: {
  level: SeverityLevel;
  customerFacing: boolean;
  drill: boolean;
  linked: boolean;
}): string[] {
  const pages = {
    now: `page whoever is on call now${linked ? ', except people whom the alert has paged already' : ''}`,
    'business-hours': 'page whoever is on call, at the start of business hours if it is outside them',
    none: 'page nobody; it goes into the normal work queue',
  }[level.page];
  const publicly =
    drill || !customerFacing || level.firstUpdateSeconds === null
      ? 'say nothing in public'
      : `draft the first public update, promised within ${formatDuration(level.firstUpdateSeconds.due)} of detection`;
  return [
    pages,
    'open the timeline as the room to work in',
    publicly,
    ...(level.postmortemRequired && !drill ? ['ask for a postmortem within 7 days of the resolution'] : []),
  ];
}
