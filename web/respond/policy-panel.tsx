import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import { listServices } from '#monitor/contract';
import { deleteEscalationPolicy, type EscalationPolicyView } from '#respond/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useAll } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { plural } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { PolicyServicesDialog } from './policy-services-dialog.tsx';
import { termsOf, waitWords } from './policy-words.ts';
import { TargetName } from './target-name.tsx';
import { targetKey, useTargets } from './targets.ts';

/** One policy: who is asked in which order, and for what. */
export function PolicyPanel({ policy, onEdit }: { policy: EscalationPolicyView; onEdit: () => void }) {
  const { nameOf } = useTargets();
  return (
    <Panel className="p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2">
        <div className="min-w-0">
          <h3 dir="auto" className="flex flex-wrap items-center gap-2 font-semibold break-words">
            {policy.name}
            {policy.isDefault && policy.name !== 'Default' ? <Badge>Default</Badge> : null}
          </h3>
          <p className="text-xs text-muted">
            <UsedBy policy={policy} />
          </p>
        </div>
        <PolicyActs policy={policy} onEdit={onEdit} />
      </div>
      <ol className="mt-3 flex flex-col gap-2">
        {policy.steps.map((step, index) => (
          <li key={index} className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-2">
            <span className="num text-muted">{index + 1}</span>
            <span>
              <span className="flex flex-wrap gap-x-3 gap-y-1">
                {step.targets.map((target) => (
                  <TargetName key={targetKey(target)} target={target} name={nameOf(target)} />
                ))}
                {step.targets.length > 0 && step.targets.every(({ kind }) => kind === 'channel') ? (
                  <span className="text-warn-text">wakes nobody</span>
                ) : null}
                {step.targets.length === 0 ? <span className="text-bad-text">nobody: passed over at once</span> : null}
              </span>
              <span className="text-xs text-muted">
                {[...termsOf(step), `waits ${waitWords(step.delaySeconds)}`].join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-2 pl-8 text-xs text-muted">
        {policy.repeatCount === 0
          ? 'Then stops.'
          : `Then again from the start, ${policy.repeatCount === 1 ? 'once' : `${policy.repeatCount} times`}.`}{' '}
        {policy.acknowledgement === 'all' ? 'Everybody in a step has to acknowledge. ' : null}
        {policy.acknowledgeTimeoutSeconds === null
          ? null
          : `Pages again after ${waitWords(policy.acknowledgeTimeoutSeconds)} without a word. `}
        {policy.fallback.length === 0
          ? null
          : `Else asks ${policy.fallback.map((target) => nameOf(target)).join(', ')}. `}
        Version {policy.version}.
      </p>
    </Panel>
  );
}

function UsedBy({ policy }: { policy: EscalationPolicyView }) {
  const services = useAll(listServices, {}, ['monitors']);
  const items = services.data?.items ?? [];
  const names = items.filter(({ id }) => policy.serviceIds.includes(id)).map(({ name }) => name);
  if (policy.isDefault) {
    const rest = items.filter(({ escalationPolicyId }) => escalationPolicyId === null).length;
    if (items.length === 0) return 'Used for every service';
    if (rest === 0) return 'Used for what belongs to no service; every service names another';
    return rest === items.length ? 'Used for all services' : `Used for ${plural(rest, 'service')} without another`;
  }
  return names.length === 0 ? 'No service uses it yet' : `Used for ${names.join(', ')}`;
}

function PolicyActs({ policy, onEdit }: { policy: EscalationPolicyView; onEdit: () => void }) {
  const mayManage = useMay('policies.manage');
  const mayAssign = useMay('services.manage');
  const [removing, setRemoving] = useState(false);
  const [assigning, setAssigning] = useState(false);
  const remove = useAct(deleteEscalationPolicy, {
    touches: ['policies', 'monitors'],
    onDone: () => toast({ text: `${policy.name} is removed` }),
  });
  if (!mayManage) return null;
  return (
    <div className="flex items-center gap-1">
      {policy.isDefault || !mayAssign ? null : (
        <Button size="sm" onClick={() => setAssigning(true)}>
          Services
        </Button>
      )}
      <Button size="sm" onClick={onEdit}>
        Edit
      </Button>
      {policy.isDefault ? null : (
        <Menu
          align="end"
          trigger={
            <IconButton label={`More acts for ${policy.name}`} size="sm">
              <Ellipsis size={16} aria-hidden="true" />
            </IconButton>
          }
        >
          <MenuItem danger onSelect={() => setRemoving(true)}>
            Remove
          </MenuItem>
        </Menu>
      )}
      {assigning ? <PolicyServicesDialog policy={policy} onClose={() => setAssigning(false)} /> : null}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${policy.name}?`}
        consequence={
          policy.serviceIds.length === 0
            ? 'No service uses it. Pages that run keep going by it.'
            : `Its ${policy.serviceIds.length} services fall back to the default policy. Pages that run keep going by it.`
        }
        act="Remove"
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: policy.id } })}
      />
    </div>
  );
}
