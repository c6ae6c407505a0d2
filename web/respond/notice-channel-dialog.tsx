import { useState } from 'react';
import { listServices } from '#monitor/contract';
import {
  changeNoticeChannel,
  createNoticeChannel,
  type NoticeChannelKind,
  type NoticeChannelView,
} from '#respond/contract';
import { useAct, useAll } from '../data/query.ts';
import { ServiceChecks } from '../monitor/service-checks.tsx';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { placeKinds, placeWords } from './notice-channel-words.ts';

const PACES = [
  { value: '', label: 'never' },
  { value: '900', label: 'every 15 minutes' },
  { value: '1800', label: 'every 30 minutes' },
  { value: '3600', label: 'every hour' },
  { value: '14400', label: 'every 4 hours' },
] as const;

/** Adds a place that hears what begins and ends, or changes what it hears. */
export function NoticeChannelDialog({
  channel,
  onClose,
}: {
  channel?: NoticeChannelView | undefined;
  onClose: () => void;
}) {
  const services = useAll(listServices, {}, ['monitors']);
  const [secret, setSecret] = useState<string>();
  const create = useAct(createNoticeChannel, { touches: ['settings'] });
  const change = useAct(changeNoticeChannel, { touches: ['settings'] });
  const form = useForm({
    initial: {
      name: channel?.name ?? '',
      kind: (channel?.kind ?? 'slack') as NoticeChannelKind,
      address: channel?.address ?? '',
      accessToken: '',
      serviceIds: channel?.serviceIds ?? [],
      hears: channel?.onlyPages === true ? 'pages' : 'all',
      stillEvery: channel === undefined ? '1800' : String(channel.stillEverySeconds ?? ''),
    },
    refuse: ({ name, address }) => ({
      ...(name.trim() === '' ? { name: 'Give it a name.' } : {}),
      ...(address.trim() === '' ? { address: 'Say where it is.' } : {}),
    }),
    submit: async ({ name, kind, address, accessToken, serviceIds, stillEvery, hears }) => {
      const onlyPages = hears === 'pages';
      const told = { name, onlyPages, serviceIds, stillEverySeconds: stillEvery === '' ? null : Number(stillEvery) };
      if (channel !== undefined) {
        await change.mutateAsync({ params: { id: channel.id }, body: told });
        return onClose();
      }
      const token = kind === 'ntfy' && accessToken !== '' ? { accessToken } : {};
      const { signingSecret } = await create.mutateAsync({ body: { ...told, kind, address, ...token } });
      if (signingSecret === null) onClose();
      else setSecret(signingSecret);
    },
  });
  if (secret !== undefined) return <SecretDialog secret={secret} onClose={onClose} />;
  const { kind, stillEvery, hears } = form.values;
  const words = placeWords[kind];
  const paces = PACES.some(({ value }) => value === stillEvery)
    ? PACES
    : [...PACES, { value: stillEvery, label: `every ${Math.round(Number(stillEvery) / 60)} minutes` }];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={channel === undefined ? 'Add a channel' : `Edit ${channel.name}`}
      description="It hears what begins, who is on it, what is still open and what is over. Steps of escalation policies may name it too. It wakes nobody."
      onSubmit={form.onSubmit}
      footer={<FormActs act={channel === undefined ? 'Add it' : 'Save'} busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="Name" error={form.error('name')}>
          <Input {...form.text('name')} dir="auto" placeholder="Operations" />
        </Field>
        {channel === undefined ? (
          <>
            <Field label="By" error={form.error('kind')}>
              <Select {...form.text('kind')}>
                {placeKinds.map((one) => (
                  <option key={one} value={one}>
                    {placeWords[one].name}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={words.address} hint={words.hint} error={form.error('address')}>
              <Input {...form.text('address')} placeholder={words.example} />
            </Field>
            {kind === 'ntfy' ? (
              <Field label="Access token" hint="Only for a topic that needs one." error={form.error('accessToken')}>
                <Input {...form.text('accessToken')} type="password" autoComplete="off" />
              </Field>
            ) : null}
          </>
        ) : null}
        <Field label="Hears" error={form.error('onlyPages')}>
          <Select {...form.text('hears')}>
            <option value="all">what begins and ends, and pages</option>
            <option value="pages">only pages whose step names it</option>
          </Select>
        </Field>
        {hears === 'pages' ? null : (
          <>
            <Field label="Says again that something is still open" error={form.error('stillEverySeconds')}>
              <Select {...form.text('stillEvery')}>
                {paces.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            </Field>
            <ServiceChecks
              legend="Of these services; none ticked means of everything that pages"
              services={services.data?.items ?? []}
              chosen={form.values.serviceIds}
              error={form.error('serviceIds')}
              onChange={(serviceIds) => form.set('serviceIds', serviceIds)}
            />
          </>
        )}
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="What its messages are signed with"
      description="Shown this once. The receiver checks the header X-Allclear-Signature with it."
      footer={
        <Button variant="primary" onClick={onClose}>
          I have it
        </Button>
      }
    >
      <CopyLine text={secret} label="Signing secret" />
    </Dialog>
  );
}
