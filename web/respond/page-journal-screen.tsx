import { useNavigate, useSearch } from '@tanstack/react-router';
import { listIncidentsRoute } from '#declare/contract';
import { journalCsv, listPageEntries, type PageEntryView } from '#respond/contract';
import { useMembers } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { api } from '../data/api.ts';
import { useList, useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page } from '../ui/panel.tsx';
import { downloadText } from '../ui/download-text.ts';
import { PageEntryTable } from './page-entry-table.tsx';

const MOST_IN_FILE = 10_000;

type Chosen = { readonly person?: string; readonly incident?: string };

function queryOf({ person, incident }: Chosen) {
  return {
    ...(person === undefined ? {} : { userId: person }),
    ...(incident === undefined ? {} : { incidentId: incident }),
  };
}

/** What happened to every page, of everybody or of one person or incident. */
export function PageJournalScreen() {
  const chosen: Chosen = useSearch({ from: '/shell/pages' });
  const list = useList(listPageEntries, { query: queryOf(chosen) }, ['pages']);
  return (
    <Page title="Page journal" acts={<Choices chosen={chosen} />}>
      <LoadedList
        list={list}
        rows={8}
        empty={<EmptyState title="Nobody was paged">Every page leaves its trace here, message by message.</EmptyState>}
      >
        {(items) => <PageEntryTable entries={items} />}
      </LoadedList>
    </Page>
  );
}

function Choices({ chosen }: { chosen: Chosen }) {
  const navigate = useNavigate();
  const members = useMembers();
  const incidents = useRead(listIncidentsRoute, { query: { limit: 50 } }, ['incidents']);
  const choose = (change: { person?: string | undefined; incident?: string | undefined }) => {
    const { person = undefined, incident = undefined } = { ...chosen, ...change };
    void navigate({
      to: '/pages',
      search: { ...(person ? { person } : {}), ...(incident ? { incident } : {}) },
      replace: true,
    });
  };
  return (
    <>
      <Field label={<span className="sr-only">Who</span>}>
        <Select value={chosen.person ?? ''} onChange={(event) => choose({ person: event.target.value })}>
          <option value="">Everybody</option>
          {members.data?.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={<span className="sr-only">Which incident</span>}>
        <Select
          value={chosen.incident ?? ''}
          onChange={(event) => choose({ incident: event.target.value })}
          className="max-w-56"
        >
          <option value="">Any incident or none</option>
          {incidents.data?.items.map(({ id, reference, title }) => (
            <option key={id} value={id}>
              {reference} {title}
            </option>
          ))}
        </Select>
      </Field>
      <Button onClick={() => void download(chosen)}>CSV</Button>
    </>
  );
}

async function download(chosen: Chosen): Promise<void> {
  try {
    const entries: PageEntryView[] = [];
    for (let cursor: string | null = ''; cursor !== null && entries.length < MOST_IN_FILE;) {
      const query = { ...queryOf(chosen), limit: 200, ...(cursor === '' ? {} : { cursor }) };
      const list: { items: PageEntryView[]; nextCursor: string | null } = await api.call(listPageEntries, { query });
      entries.push(...list.items);
      cursor = list.nextCursor;
    }
    downloadText('page-journal.csv', 'text/csv', journalCsv(entries.toReversed()));
  } catch (error) {
    toast({ tone: 'bad', text: sentenceOf(error) });
  }
}
