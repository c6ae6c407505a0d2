import Activity from 'lucide-react/icons/activity';
import Bell from 'lucide-react/icons/bell';
import Flame from 'lucide-react/icons/flame';
import Phone from 'lucide-react/icons/phone';
import { AccountPanel } from '../app/account-panel.tsx';
import { Banner } from '../app/banner.tsx';
import { Frame } from '../app/frame.tsx';
import { LiveIndicator } from '../app/live-indicator.tsx';
import type { Place } from '../app/place.ts';
import { TopBar } from '../app/top-bar.tsx';
import { Button } from '../ui/button.tsx';
import { Page, Row, Rows, Section } from '../ui/panel.tsx';
import { Sparkline } from '../ui/sparkline.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Countdown } from '../ui/time.tsx';

const place = (to: string, label: string, rest: Partial<Place> = {}): Place => ({
  to: to as Place['to'],
  label,
  key: 'x',
  icon: null,
  ...rest,
});
const places = [
  place('/', 'Now', { icon: <Activity />, onPhone: true }),
  place('/incidents', 'Incidents', { icon: <Flame />, onPhone: true, count: 1, urgent: true }),
  place('/alerts', 'Alerts', { icon: <Bell />, onPhone: true, count: 3 }),
  place('/monitors', 'Monitors', { count: 214 }),
  place('/on-call', 'On call', { icon: <Phone />, onPhone: true }),
  place('/status-pages', 'Status pages'),
  place('/postmortems', 'Postmortems', { count: 2 }),
  place('/action-items', 'Action items', { count: 7 }),
  place('/insights', 'Insights'),
];
const dueAt = new Date(Date.now() + 372_000);

/** The frame around a screen, with a sketch of Now inside. */
export function GalleryShell() {
  return (
    <Frame
      workspace="Acme"
      places={places}
      settings={place('/settings', 'Settings')}
      person={{ name: 'Mira Engel', note: 'On call until 18:00' }}
      account={<AccountPanel email="mira@acme.example" onHelp={() => undefined} onLeave={() => Promise.resolve()} />}
      topBar={<TopBar onSearch={() => undefined} onDeclare={() => undefined} live={<LiveIndicator others={3} />} />}
      banner={<Banner>You cannot be paged yet.</Banner>}
    >
      <Page title="Now">
        <div className="grid gap-8">
          <Section title="Open incidents">
            <Rows>
              <Row className="flex items-start justify-between gap-4">
                <div className="min-w-0">
                  <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
                    <StateBadge state="sev1" /> INC-142 · 26 m · commander PR
                  </p>
                  <p className="mt-1 font-semibold">Checkout returns 503 in eu-west</p>
                  <p className="text-muted">Rolling back 4.18, 2 of 6 done</p>
                </div>
                <div className="text-right text-xs text-muted">
                  next public update
                  <br />
                  <Countdown dueAt={dueAt} warnSeconds={600} className="text-title" />
                </div>
              </Row>
            </Rows>
          </Section>
          <Section title="Not declared yet" aside="an alert here becomes a suspected incident after 15 min">
            <Rows>
              <Row className="flex flex-wrap items-center justify-between gap-3">
                <div>
                  <p className="flex items-center gap-2 font-semibold">
                    <StateBadge state="degraded" /> search/us is slow
                  </p>
                  <p className="text-muted">p95 2.4 s, threshold 1 s</p>
                </div>
                <div className="flex gap-2">
                  <Button>Not an incident</Button>
                  <Button>Declare</Button>
                </div>
              </Row>
            </Rows>
          </Section>
          <Section title="Monitors that are not up" aside="2 of 214">
            <Rows>
              <Row className="flex items-center gap-3">
                <StateBadge state="down" /> <span className="flex-1">checkout/eu</span>
                <Sparkline values={[3, 4, 3, 5, 4, 3, 9, 8]} label="latency" className="h-5 w-24 text-bad" />
                <span className="num text-xs text-muted">99.91 % 30 d</span>
              </Row>
            </Rows>
          </Section>
        </div>
      </Page>
    </Frame>
  );
}
