import { listTemplates } from '#communicate/contract';
import { useRead } from '../data/query.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Row, Rows } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';

const variables = [
  ['⟨components⟩', 'the names of the affected components'],
  ['⟨next update⟩', '“Next update by 14:34 UTC.”, from the clock of the severity'],
  ['⟨postmortem⟩', 'that a postmortem will be published, when one is owed'],
] as const;

/** The sentences that updates start from, as they are shipped. */
export function WordingScreen() {
  const read = useRead(listTemplates, {}, ['settings']);
  return (
    <Page
      title="Wording of updates"
      below="Every public update starts from one of these, filled in. What customers notice, what is being done, when they hear again; no causes, no estimates."
      narrow
    >
      <Loaded read={read} rows={6}>
        {({ items }) => (
          <Rows>
            {items.map((template) => (
              <Row key={template.id}>
                <div className="flex flex-wrap items-center gap-2">
                  <h2 className="font-semibold">{template.name}</h2>
                  <StateBadge state={template.status} />
                  <span className="text-xs text-muted">
                    {template.severities.length === 4 ? 'any severity' : template.severities.join(', ')}
                  </span>
                </div>
                <p className="mt-1">
                  <Filled text={template.body} />
                </p>
              </Row>
            ))}
          </Rows>
        )}
      </Loaded>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs text-muted">
        {variables.map(([name, meaning]) => (
          <div key={name} className="contents">
            <dt className="text-accent-text">{name}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Page>
  );
}

/** Marks what is filled in later. */
function Filled({ text }: { text: string }) {
  return text.split(/(⟨[^⟩]*⟩)/).map((part, index) =>
    part.startsWith('⟨') ? (
      <span key={index} className="text-accent-text">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
