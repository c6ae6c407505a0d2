import { type ChannelKind, type ChannelView, listChannels } from '#delivery/contract';
import { createContactMethod } from '#respond/contract';
import { useAct, useRead } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { RadioCards } from '../ui/choice.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { channelOrder, channels } from './channels.ts';
import { StartLink } from './contact-row.tsx';

const touches = ['settings', 'deliveries'];

export function AddContactDialog({ onClose }: { onClose: () => void }) {
  const { user } = useSession();
  const faults = useRead(listChannels, {}, ['settings']).data?.items ?? [];
  const create = useAct(createContactMethod, { touches });
  const initial: { kind: ChannelKind; address: string; accessToken: string } = {
    kind: 'email',
    address: user.email,
    accessToken: '',
  };
  const form = useForm({
    initial,
    submit: async ({ kind, address, accessToken }) => {
      const made = await create.mutateAsync({
        body: {
          kind,
          ...(kind === 'telegram' ? {} : { address }),
          ...(kind === 'ntfy' && accessToken !== '' ? { accessToken } : {}),
        },
      });
      if (made.signingSecret === null && made.startUrl === null) onClose();
    },
  });
  const { kind } = form.values;
  const words = channels[kind];
  const secret = create.data?.signingSecret;
  if (typeof secret === 'string') return <SecretDialog secret={secret} onClose={onClose} />;
  const startUrl = create.data?.startUrl;
  if (typeof startUrl === 'string') return <StartDialog url={startUrl} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="md"
      title="Add a contact method"
      description="A code is sent there at once."
      onSubmit={form.onSubmit}
      footer={
        <FormActs act={kind === 'telegram' ? 'Add' : 'Add and send a code'} busy={form.busy} onCancel={onClose} />
      }
    >
      <div className="grid gap-4">
        <RadioCards
          legend="By what"
          value={kind}
          onChange={(next) => {
            form.set('kind', next);
            form.set('address', next === 'email' ? user.email : '');
          }}
          options={channelOrder.map((value) => optionOf(value, faults))}
          columns
        />
        {kind === 'telegram' ? null : (
          <Field label={words.address} hint={words.hint} error={form.error('address')}>
            <Input
              {...form.text('address')}
              placeholder={words.example}
              mono={kind !== 'email'}
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
        )}
        {kind === 'ntfy' ? (
          <Field
            label="Access token"
            aside="optional"
            hint="Only for a topic that needs one."
            error={form.error('accessToken')}
          >
            <Input {...form.text('accessToken')} type="password" autoComplete="off" />
          </Field>
        ) : null}
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}

function StartDialog({ url, onClose }: { url: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Press Start in Telegram"
      description="A bot may write to you only after that. The link is yours alone."
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <StartLink url={url} />
    </Dialog>
  );
}

/** A channel that nobody has set up is shown with the reason, so that people know what to ask for. */
function optionOf(value: ChannelKind, faults: readonly ChannelView[]) {
  const problem = faults.find(({ kind }) => kind === value)?.problem ?? null;
  const disabled = problem !== null && value !== 'email';
  const { name, detail } = channels[value];
  return { value, title: name, detail: disabled ? problem : detail, disabled };
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="The signing secret"
      description="Your receiver checks X-Allclear-Signature with it. Shown this once."
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CopyLine label="Signing secret" text={secret} />
    </Dialog>
  );
}
