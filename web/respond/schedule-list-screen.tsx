import { Link, useNavigate } from '@tanstack/react-router';
import { useKey } from '../app/keys.ts';
import { useMay } from '../data/session.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { textLink } from '../ui/link.ts';
import { Page, Section } from '../ui/panel.tsx';
import { AbsenceList } from './absence-list.tsx';
import { CalendarFeeds } from './calendar-feeds.tsx';
import { OnCallBySchedule } from './on-call-by-schedule.tsx';

/** Every on-call schedule, with who is on call now and who is next. */
export function ScheduleListScreen() {
  const navigate = useNavigate();
  const mayManage = useMay('schedules.manage');
  useKey('a', 'Add a schedule', () => void navigate({ to: '/schedules/new' }), mayManage);
  const add = (
    <Link to="/schedules/new" className={buttonClass('primary')}>
      Add a schedule
    </Link>
  );
  return (
    <Page
      title="Schedules"
      above={
        <Link to="/on-call" className={textLink}>
          On call
        </Link>
      }
      below="Who is on call when. The steps of an escalation policy ask them."
      acts={mayManage ? add : undefined}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-7 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title="On call now">
          <OnCallBySchedule
            empty={
              <EmptyState title="No schedule yet" {...(mayManage ? { act: add } : {})}>
                A schedule lets people take turns: by the week, by the day, at night. Without one, pages go to the
                people whom a policy names.
              </EmptyState>
            }
          />
        </Section>
        <div className="grid gap-8">
          <AbsenceList />
          <CalendarFeeds />
        </div>
      </div>
    </Page>
  );
}
