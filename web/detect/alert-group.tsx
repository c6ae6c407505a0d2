import { useEffect, useRef } from 'react';
import type { AlertView } from '#detect/contract';
import { Section } from '../ui/panel.tsx';
import { standsForWords } from './alert-words.ts';
import { FoldedExplained, FoldedGroup } from './folded-alerts.tsx';

/** The alerts that ask nobody, because it says that something which their services need is down. */
export function AlertExplains({ alert }: { alert: AlertView }) {
  if (alert.explains === null) return null;
  return (
    <Section title={`Explains ${standsForWords(alert.explains)}`}>
      <FoldedExplained alertId={alert.id} />
    </Section>
  );
}

/** The alerts that ask as one with it, folded by what they have in common. */
export function AlertGroup({ alert, groupId }: { alert: AlertView; groupId: string }) {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (window.location.hash === '#group') here.current?.scrollIntoView();
  }, []);
  return (
    <div ref={here} id="group" className="scroll-mt-4">
      <Section title={alert.standsFor === null ? 'Asks as one with' : `Stands for ${standsForWords(alert.standsFor)}`}>
        <FoldedGroup groupId={groupId} without={alert.id} />
      </Section>
    </div>
  );
}
