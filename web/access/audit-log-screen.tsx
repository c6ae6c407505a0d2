import { useState } from 'react';
import { listAuditLog } from '#access/contract';
import { useList } from '../data/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page } from '../ui/panel.tsx';
import { Table, Td, Th } from '../ui/table.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { useMembers } from './people.ts';

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueWords).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function words(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${valueWords(value)}`)
    .join(' · ');
}

/** Who changed what. */
export function AuditLogScreen() {
  const [person, setPerson] = useState('');
  const members = useMembers();
  const log = useList(listAuditLog, { query: person === '' ? {} : { actorUserId: person } }, [
    'settings',
    'members',
    'policies',
  ]);
  return (
    <Page
      title="Audit log"
      acts={
        <Field label={<span className="sr-only">By whom</span>}>
          <Select value={person} onChange={(event) => setPerson(event.target.value)} className="min-w-40">
            <option value="">By anybody</option>
            {members.data?.items.map((member) => (
              <option key={member.id} value={member.id}>
                {member.name}
              </option>
            ))}
          </Select>
        </Field>
      }
    >
      <LoadedList list={log} rows={8} empty={<EmptyState title="Nothing was changed yet" />}>
        {(items) => (
          <Table
            label="Audit log"
            head={
              <>
                <Th>When</Th>
                <Th>Who</Th>
                <Th>What</Th>
                <Th>On</Th>
                <Th>Detail</Th>
                <Th>From</Th>
              </>
            }
          >
            {items.map((entry) => (
              <tr key={entry.id}>
                <Td>
                  <RelativeTime at={entry.at} show="absolute" className="text-muted" />
                </Td>
                <Td className="max-w-40 truncate">{entry.actorName}</Td>
                <Td className="whitespace-nowrap">{entry.action}</Td>
                <Td className="max-w-40 truncate font-mono text-xs text-muted">{entry.subjectId}</Td>
                <Td className="max-w-md text-xs break-words text-muted">{words(entry.detail)}</Td>
                <Td className="text-xs text-muted">{entry.channel}</Td>
              </tr>
            ))}
          </Table>
        )}
      </LoadedList>
    </Page>
  );
}
