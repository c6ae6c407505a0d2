import { Link } from '@tanstack/react-router';
import type { Insights } from '#learn/contract';
import { formatDuration } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Section } from '../ui/panel.tsx';
import { StateWord } from '../ui/state-badge.tsx';
import { Table, Td, Th } from '../ui/table.tsx';

/** The same times for each incident, so that every median can be traced to its cases. */
export function IncidentTimes({ insights }: { insights: Insights }) {
  const short = (title: string) => title.replace('Time to ', '');
  return (
    <Section title="Incident by incident">
      <Table
        label="Times of each incident"
        head={
          <>
            <Th>Incident</Th>
            <Th>Severity</Th>
            {insights.times.map((row) => (
              <Th key={row.key} numeric>
                <span className="first-letter:uppercase">{short(row.title)}</span>
              </Th>
            ))}
            <Th numeric>Longest silence</Th>
          </>
        }
      >
        {insights.perIncident.map((incident) => (
          <tr key={incident.id}>
            <Td className="max-w-72 truncate">
              <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }} className={textLink}>
                {incident.reference}
              </Link>{' '}
              {incident.title}
            </Td>
            <Td>
              <StateWord state={incident.severity} />
            </Td>
            {insights.times.map((row) => (
              <Td key={row.key} numeric>
                {formatOr(incident.times[row.key] ?? null)}
              </Td>
            ))}
            <Td numeric>{formatOr(incident.longestSilenceSeconds)}</Td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}

function formatOr(seconds: number | null): string {
  return seconds === null ? 'n/a' : formatDuration(seconds);
}
