import { Avatar, Person } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge, StateWord } from '../ui/state-badge.tsx';
import { Stat, Stats } from '../ui/stat.tsx';
import { Countdown, Duration, RelativeTime } from '../ui/time.tsx';

const start = Date.now();
const from = (seconds: number) => new Date(start + seconds * 1000);
const states = [
  'up',
  'degraded',
  'down',
  'unknown',
  'paused',
  'open',
  'acknowledged',
  'closed',
  'suspected',
  'active',
  'mitigated',
  'resolved',
  'declined',
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
  'investigating',
  'identified',
  'monitoring',
  'pending',
  'kept',
  'broken',
  'waived',
  'queued',
  'sent',
  'failed',
  'drill',
  'SEV1',
  'SEV2',
  'SEV3',
  'SEV4',
  'critical',
  'error',
  'warning',
  'info',
];

export function GalleryWords() {
  return (
    <div className="grid gap-4">
      <Panel className="flex flex-wrap gap-2 p-4">
        {states.map((state) => (
          <StateBadge key={state} state={state} />
        ))}
        <StateBadge state="down" detail="24 m" />
        <Badge>INC-142</Badge>
        <Badge tone="ok" glyph="check">
          kept at 4 m
        </Badge>
      </Panel>
      <Panel className="flex flex-wrap items-center gap-x-6 gap-y-2 p-4">
        {['up', 'degraded', 'down', 'unknown'].map((state) => (
          <StateWord key={state} state={state} />
        ))}
        <RelativeTime at={from(-240)} />
        <RelativeTime at={from(-86_400 * 3)} />
        <Duration seconds={3840} />
        <Duration since={from(-100)} />
        <Countdown dueAt={from(1200)} />
        <Countdown dueAt={from(200)} />
        <Countdown dueAt={from(-41)} className="text-title" />
        <Avatar name="Priya Raman" />
        <Person name="Konstantin Öz" />
        <Person name="دانا الخطيب" />
        <KeyHint keys="mod+k" />
        <KeyHint keys="d" />
      </Panel>
      <Stats>
        <Stat label="Uptime 30 d" note="39 m down, time-weighted">
          99.91 %
        </Stat>
        <Stat label="p50 / p95" note="24 h">
          84 / 212 ms
        </Stat>
        <Stat label="Detection" note="this time 20 s">
          ≤ 62 s
        </Stat>
        <Stat label="Certificate" note="renews by itself">
          43 d
        </Stat>
        <Stat label="Error budget" note="left, 99.9 % / 30 d" className="text-warn-text">
          31 %
        </Stat>
      </Stats>
    </div>
  );
}
