import { Chart } from '../ui/chart.tsx';
import { Checklist } from '../ui/checklist.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Button } from '../ui/button.tsx';
import { formatMs } from '../ui/format.ts';
import { Markdown } from '../ui/markdown.tsx';
import { Panel } from '../ui/panel.tsx';
import { PhaseBar } from '../ui/phase-bar.tsx';
import { Progress } from '../ui/progress.tsx';
import { LoadingRows } from '../ui/skeleton.tsx';
import { Sparkline } from '../ui/sparkline.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Table, Td, Th } from '../ui/table.tsx';
import { type UptimeDay, UptimeBars } from '../ui/uptime-bars.tsx';

const end = Math.floor(Date.now() / 1000);
const times = Array.from({ length: 144 }, (_, index) => end - (143 - index) * 600);
const wave = times.map((_, index) => 180 + 60 * Math.sin(index / 3) + (index > 120 && index < 132 ? 700 : 0));
const days = Array.from({ length: 90 }, (_, index): UptimeDay => {
  const state = index === 41 ? 'degraded' : index === 66 ? 'down' : index < 5 ? 'unknown' : 'up';
  return {
    date: new Date((end - (89 - index) * 86_400) * 1000).toISOString().slice(0, 10),
    uptime: state === 'unknown' ? null : 0.99,
    state,
  };
});
const phases = { dnsMs: 2, tcpMs: 11, tlsMs: 24, firstByteMs: 41, transferMs: 6 };
const text = `**4.18** was deployed at \`13:58\`. See [the run](https://example.org).\n\n- error rate 41 % → 22 %\n- <b>raw</b> HTML stays text\n\n> Rolling back.\n\n\`\`\`\nupstream connect error\n\`\`\``;

export function GalleryData() {
  return (
    <div className="grid gap-4">
      <Panel className="p-4">
        <Chart
          times={times}
          series={[
            { label: 'p95', values: wave, tone: 'accent' },
            { label: 'p50', values: wave.map((value) => value / 3), tone: 'muted' },
          ]}
          bands={[{ from: times[120] ?? 0, to: times[132] ?? 0, tone: 'down' }]}
          threshold={{ value: 800, label: 'degraded at 800 ms' }}
          formatValue={formatMs}
          label="Latency over the last 24 hours"
        />
      </Panel>
      <div className="grid gap-4 lg:grid-cols-2">
        <Panel className="grid gap-4 p-4">
          <UptimeBars days={days} label="Uptime of 90 days: 99.91 %" uptime={0.9991} />
          <PhaseBar phases={phases} legend />
          <Sparkline values={wave.slice(100)} label="Latency, last hour" className="h-5 w-24 text-bad" />
          <Progress done={2} total={6} label="Rollback" />
        </Panel>
        <Panel className="p-4">
          <Checklist
            label="What declaring did"
            items={[
              { id: '1', label: 'Paged Priya Raman', state: 'done', detail: 'email, ntfy', seconds: 0.4 },
              { id: '2', label: 'First update drafted', state: 'running' },
              {
                id: '3',
                label: 'Room opened',
                state: 'failed',
                detail: 'The SMTP server refused the sender.',
                seconds: 12,
              },
              { id: '4', label: 'Status page', state: 'skipped', detail: 'not customer-facing' },
            ]}
          />
        </Panel>
      </div>
      <Table
        label="Failures"
        head={
          <>
            <Th>When</Th>
            <Th>Expected</Th>
            <Th>Got</Th>
            <Th>Phases</Th>
            <Th numeric>Took</Th>
          </>
        }
      >
        {['14:26:41', '14:26:33'].map((at) => (
          <tr key={at}>
            <Td className="font-mono text-sm">{at}</Td>
            <Td>200</Td>
            <Td className="text-bad-text">503</Td>
            <Td>
              <PhaseBar phases={phases} />
            </Td>
            <Td numeric>84 ms</Td>
          </tr>
        ))}
      </Table>
      <div className="grid gap-4 lg:grid-cols-2">
        <Panel className="p-4">
          <Markdown text={text} />
        </Panel>
        <EmptyState title="No monitors yet" act={<Button variant="primary">Add the first one</Button>}>
          Paste one address. Allclear checks it every 30 seconds and pages you when it stops answering.
        </EmptyState>
        <LoadingRows rows={3} />
        <div>
          <StateBadge state="drill" />
        </div>
      </div>
    </div>
  );
}
