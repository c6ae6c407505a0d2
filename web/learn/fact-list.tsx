import type { Fact } from '#learn/contract';
import { textLink } from '../ui/link.ts';
import { Panel, Section } from '../ui/panel.tsx';

/** The numbers of the record, each with the way to where it comes from. */
export function FactList({ facts, frozen }: { facts: readonly Fact[]; frozen: boolean }) {
  return (
    <Section title="From the record" aside={frozen ? 'as approved' : 'live until approved'}>
      <Panel>
        <dl className="divide-y divide-line">
          {facts.map((fact) => (
            <div key={fact.key} className="px-4 py-2.5">
              <dt className="text-xs text-muted">
                {fact.evidence === null ? (
                  fact.label
                ) : (
                  <a href={fact.evidence} className={textLink}>
                    {fact.label}
                  </a>
                )}
              </dt>
              <dd className={fact.known ? 'num' : 'text-muted italic'}>{fact.text}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </Section>
  );
}
