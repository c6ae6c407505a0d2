import { useState } from 'react';
import { listServices, patchService, type Service } from '#monitor/contract';
import type { EscalationPolicyView } from '#respond/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useAll } from '../data/query.ts';
import { Checkbox } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { useForm } from '../ui/use-form.ts';

/** Which services go by this policy. A service goes by one; the others by the default. */
export function PolicyServicesDialog({ policy, onClose }: { policy: EscalationPolicyView; onClose: () => void }) {
  const services = useAll(listServices, {}, ['monitors']);
  const [chosen, setChosen] = useState<ReadonlySet<string>>();
  const change = useAct(patchService, { touches: ['monitors', 'policies'] });
  const items = services.data?.items ?? [];
  const uses = (service: Service) => chosen?.has(service.id) ?? service.escalationPolicyId === policy.id;
  const form = useForm({
    initial: {},
    submit: async () => {
      for (const service of items) {
        const used = service.escalationPolicyId === policy.id;
        if (uses(service) === used) continue;
        await change.mutateAsync({ params: { id: service.id }, body: { escalationPolicyId: used ? null : policy.id } });
      }
      toast({ text: 'Saved' });
      onClose();
    },
  });
  const toggle = (id: string) => {
    const next = new Set(items.filter(uses).map((service) => service.id));
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Services of ${policy.name}`}
      description="Alerts of these services page by this policy; all others by the default one."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Save" busy={form.busy} onCancel={onClose} />}
    >
      <Loaded read={services} rows={3}>
        {() =>
          items.length === 0 ? (
            <p className="text-muted">There is no service yet. The first monitor makes one.</p>
          ) : (
            <div className="grid gap-2">
              {items.map((service) => (
                <Checkbox
                  key={service.id}
                  label={service.name}
                  checked={uses(service)}
                  onChange={() => toggle(service.id)}
                  hint={
                    service.escalationPolicyId !== null && service.escalationPolicyId !== policy.id
                      ? 'goes by another policy now'
                      : undefined
                  }
                />
              ))}
            </div>
          )
        }
      </Loaded>
      <ErrorNote error={form.problem} className="mt-3" />
    </Dialog>
  );
}
