import type { Evidence } from '#monitor/contract';
import { Drawer } from '../ui/dialog.tsx';
import { formatExact } from '../ui/format.ts';
import { EvidenceView } from './evidence-view.tsx';

export function EvidenceDrawer({ evidence, onClose }: { evidence: Evidence; onClose: () => void }) {
  return (
    <Drawer
      open
      onOpenChange={onClose}
      title={evidence.summary}
      description={formatExact(new Date(evidence.checkedAt))}
    >
      <EvidenceView evidence={evidence} />
    </Drawer>
  );
}
