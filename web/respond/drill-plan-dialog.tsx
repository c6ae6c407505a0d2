import { type DrillPlanView, saveDrillPlan } from '#respond/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { weekdays } from './weekdays.ts';

/** When everybody on call is drilled by itself. */
export function DrillPlanDialog({ plan, onClose }: { plan: DrillPlanView | null; onClose: () => void }) {
  const save = useAct(saveDrillPlan, { touches: ['drills'] });
  const form = useForm({
    initial: { every: plan?.every ?? 'week', weekday: String(plan?.weekday ?? 2), atTime: plan?.atTime ?? '10:30' },
    refuse: ({ atTime }) => (atTime === '' ? { atTime: 'Say at which time.' } : {}),
    submit: async ({ every, weekday, atTime }) => {
      await save.mutateAsync({ body: { plan: { every, weekday: Number(weekday), atTime } } });
      toast({ text: 'The drill is planned' });
      onClose();
    },
  });
  const fault = (field: string) => form.error(field) ?? form.error(`plan.${field}`);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Drill everybody on call regularly"
      description="Within business hours only. Whoever has night then is left out."
      onSubmit={form.onSubmit}
      footer={<FormActs act="Save" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="How often" error={fault('every')}>
          <Select {...form.text('every')}>
            <option value="week">every week</option>
            <option value="month">every month</option>
          </Select>
        </Field>
        <Field label={form.values.every === 'month' ? 'On its first' : 'On'} error={fault('weekday')}>
          <Select {...form.text('weekday')}>
            {weekdays.map((name, index) => (
              <option key={name} value={index + 1}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="At" error={fault('atTime')}>
          <Input type="time" {...form.text('atTime')} />
        </Field>
        <ErrorNote
          error={form.problem}
          shown={[...form.fields, 'body.plan.atTime', 'body.plan.weekday']}
          className="sm:col-span-3"
        />
      </div>
    </Dialog>
  );
}
