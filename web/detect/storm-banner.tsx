import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { listStorms } from '#detect/contract';
import { Banner } from '../app/banner.tsx';
import { useRead } from '../data/query.ts';
import { plural } from '../ui/format.ts';
import { RelativeTime } from '../ui/time.tsx';

/** So many alerts come that they ask as one: every screen says so, with what they have in common. */
export function StormBanner() {
  const storms = useRead(listStorms, {}, ['storms', 'alerts'], { refetchInterval: 60_000 });
  return storms.data?.items.map((storm) => (
    <Banner
      key={storm.id}
      tone="bad"
      act={
        <Link
          to="/alerts/$alertId"
          params={{ alertId: storm.leadId }}
          hash="group"
          className="font-semibold underline underline-offset-2"
        >
          Look at it
        </Link>
      }
    >
      <strong className="font-semibold">Alert storm:</strong> {plural(storm.count, 'alert')}, {storm.open} open, since{' '}
      <RelativeTime at={storm.openedAt} show="absolute" />. They page as one
      {storm.causes.map(({ name, count }, i) => (
        <Fragment key={name}>
          {i === 0 ? `; by ${storm.by}: ` : ', '}
          <bdi>{name}</bdi> {count}
        </Fragment>
      ))}
      .
    </Banner>
  ));
}
