import { publishPostmortemRoute } from '#learn/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Textarea } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import type { PostmortemView } from './postmortem-view.ts';

/** Says what publishing does, and asks for the public copy, or for the reason why there is none, where customers are owed one. */
export function PublishDialog({ postmortem, onClose }: { postmortem: PostmortemView; onClose: () => void }) {
  const publish = useAct(publishPostmortemRoute, {
    touches: [`postmortem:${postmortem.id}`, 'postmortems', 'promises'],
    onDone: (result) => {
      toast({ text: result.publicAt === null ? 'Published inside' : 'Published inside and on the status page' });
      onClose();
    },
  });
  const form = useForm({
    initial: { publicBody: postmortem.publicBody ?? '', publicDeclinedReason: '' },
    keep: `postmortem.${postmortem.id}.public`,
    submit: ({ publicBody, publicDeclinedReason }) =>
      publish.mutateAsync({
        params: { id: postmortem.id },
        body: {
          ...(publicBody.trim() === '' ? {} : { publicBody }),
          ...(publicDeclinedReason.trim() === '' ? {} : { publicDeclinedReason }),
        },
      }),
  });
  const silent = form.values.publicBody.trim() === '';
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="lg"
      title="Publish the postmortem"
      description={
        silent
          ? 'Everybody in the workspace can read it. Nothing goes to the status page.'
          : 'Everybody in the workspace can read it, and the copy below goes to the status page.'
      }
      onSubmit={form.onSubmit}
      footer={
        <FormActs
          act={silent ? 'Publish inside' : 'Publish inside and in public'}
          busy={form.busy}
          onCancel={onClose}
        />
      }
    >
      <div className="grid gap-4">
        {postmortem.drill ? null : (
          <Field
            label="Copy for the status page"
            hint="What happened, why, and what you change. No names, no internals."
            aside={postmortem.publicExpected ? 'customers felt this one' : 'optional'}
            error={form.error('publicBody')}
          >
            <Textarea rows={8} {...form.text('publicBody')} />
          </Field>
        )}
        {silent && postmortem.publicExpected ? (
          <Field label="Why is there no public copy?" error={form.error('publicDeclinedReason')}>
            <Input {...form.text('publicDeclinedReason')} />
          </Field>
        ) : null}
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}
