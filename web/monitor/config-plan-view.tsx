import { useState } from 'react';
import type { ConfigItem, ConfigPlan } from '#monitor/contract';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { plural } from '../ui/format.ts';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { changeWords, CONFIG_WORDS, SECTION_NAMES } from './config-words.ts';

const SHOWN = 50;

/** A plan of configuration files: every thing, and each field that becomes another one. */
export function ConfigPlanView({ plan, applied }: { plan: ConfigPlan; applied: boolean }) {
  const [all, setAll] = useState(false);
  const { counts } = plan;
  const changed = plan.items.filter(({ action }) => action !== 'unchanged');
  const shown = all ? changed : changed.slice(0, SHOWN);
  return (
    <Section
      title={applied ? 'What was done' : 'What would change'}
      aside={`${counts.add} to add, ${counts.change} to change, ${counts.remove} to remove, ${counts.unchanged} unchanged`}
    >
      {changed.length === 0 ? (
        <p className="text-muted">Nothing: everything is as the files say.</p>
      ) : (
        <Rows>
          {shown.map((item) => (
            <Item key={`${item.section} ${item.key}`} item={item} applied={applied} />
          ))}
        </Rows>
      )}
      {shown.length < changed.length ? (
        <Button size="sm" className="mt-2" onClick={() => setAll(true)}>
          Show all {changed.length}
        </Button>
      ) : null}
      {counts.adopted === 0 ? null : (
        <p className="mt-2 text-muted">
          {plural(counts.adopted, 'thing')} made elsewhere {counts.adopted === 1 ? 'is' : 'are'} managed by these files{' '}
          {applied ? 'now' : 'once they are applied'}: what later files leave out is then removed.
        </p>
      )}
    </Section>
  );
}

function Item({ item, applied }: { item: ConfigItem; applied: boolean }) {
  const word = CONFIG_WORDS[item.action];
  return (
    <Row className="grid gap-x-4 gap-y-2 md:grid-cols-[14rem_9rem_1fr]">
      <div className="min-w-0">
        <p className="font-medium break-words">
          <bdi>{item.name}</bdi>
        </p>
        <p className="text-xs break-words text-muted">
          {SECTION_NAMES[item.section]} · {item.key}
        </p>
      </div>
      <div>
        <Badge tone={word.tone} glyph={word.glyph}>
          {applied ? word.applied : word.planned}
        </Badge>
      </div>
      <ul className="grid min-w-0 content-start gap-1 text-xs">
        {item.changes.map((change) => {
          const { field, from, to } = changeWords(change, item.action);
          return (
            <li key={field} className="font-mono break-words">
              <span className="text-muted">{field}:</span>{' '}
              {from === null ? null : (
                <>
                  <bdi className="line-through decoration-1">{from}</bdi> <span className="sr-only">becomes</span>
                  <span aria-hidden>→</span>{' '}
                </>
              )}
              <bdi>{to}</bdi>
            </li>
          );
        })}
      </ul>
    </Row>
  );
}
