import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { type Monitor, patchMonitor, traitsOf, tryMonitor } from '#monitor/contract';
import { AllowSuggestion, suggestedNetwork } from '../access/allow-suggestion.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select, Textarea } from '../ui/input.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import { AssertionsField } from './assertions-field.tsx';
import { FormEnd } from './form-end.tsx';
import { GroupInput } from './group-field.tsx';
import { OptionFields } from './option-fields.tsx';
import { PlacesField } from './places-field.tsx';
import { ReplayLine } from './replay-line.tsx';
import { RoadFields } from './road-fields.tsx';
import { ServiceSelect } from './service-select.tsx';
import {
  type AskingDraft,
  askingDraftOf,
  changesOf,
  confirmOf,
  editBodyOf,
  fieldsOf,
  refuseNumbers,
} from './asking-draft.ts';
import { headersFromLines } from './header-lines.ts';
import { signInFields } from './common-options.ts';
import { methods } from './methods.ts';
import { refuseSteps, stepFaults } from './step-draft.ts';
import { StepsField } from './steps-field.tsx';
import { newTrial, TrialProgress } from './trial-progress.tsx';
import { TryAnswer } from './try-answer.tsx';

/** The whole question of a monitor that asks. */
export function AskingForm({ monitor }: { monitor: Monitor }) {
  const navigate = useNavigate();
  const save = useAct(patchMonitor, { touches: ['monitors', `monitor:${monitor.id}`] });
  // As it was when this was opened, whatever others do to it meanwhile.
  const [before] = useState(() => askingDraftOf(monitor));
  const form = useForm<AskingDraft>({
    initial: before,
    also: ['locations', ...fieldsOf(monitor.kind).map(({ name }) => name)],
    refuse: (draft) => ({
      ...refuseNumbers(draft),
      ...(headersFromLines(draft.headers) === undefined ? { headers: 'Each line is “Name: value”' } : {}),
      ...refuseSteps(draft.steps),
    }),
    submit: async (draft) => {
      await save.mutateAsync({ params: { id: monitor.id }, body: changesOf(before, draft, monitor.kind) });
      toast({ text: 'Monitor saved' });
      await navigate({ to: '/monitors/$monitorId', params: { monitorId: monitor.id } });
    },
  });
  const trial = useAct(tryMonitor, {});
  const [trialName, setTrialName] = useState('');
  const tryIt = () => {
    const own = monitor.kind === 'journey' ? { trial: newTrial() } : {};
    setTrialName(own.trial ?? '');
    trial.mutate({ params: { id: monitor.id }, body: { ...editBodyOf(form.values, monitor.kind), ...own } });
  };
  const isHttp = monitor.kind === 'http';
  const isApi = monitor.kind === 'api';
  const options = {
    draft: form.values.options,
    onChange: (next: AskingDraft['options']) => form.set('options', next),
    error: form.error,
  };
  const sendsBody = isHttp && !['GET', 'HEAD'].includes(form.values.method);
  return (
    <form noValidate onSubmit={form.onSubmit} className="grid gap-6">
      <Section title="What is asked">
        <Panel className="grid gap-4 p-4 sm:grid-cols-6">
          <Field label="Name" error={form.error('name')} className="sm:col-span-3">
            <Input {...form.text('name')} />
          </Field>
          <Field label="Service" error={form.error('serviceId')} className="sm:col-span-3">
            <ServiceSelect value={form.values.serviceId} onChange={(id) => form.set('serviceId', id)} />
          </Field>
          <Field label="Tags" aside="separated by commas" error={form.error('tags')} className="sm:col-span-3">
            <Input {...form.text('tags')} autoCapitalize="none" placeholder="eu, customer facing" />
          </Field>
          <Field label="Group" aside="with / between groups" error={form.error('group')} className="sm:col-span-3">
            <GroupInput {...form.text('group')} />
          </Field>
          {isHttp ? (
            <Field label="Method" error={form.error('method')}>
              <Select {...form.text('method')}>
                {methods.map((method) => (
                  <option key={method}>{method}</option>
                ))}
              </Select>
            </Field>
          ) : null}
          <Field label="Address" error={form.error('url')} className={isHttp ? 'sm:col-span-5' : 'sm:col-span-6'}>
            <Input {...form.text('url')} mono spellCheck={false} autoCapitalize="none" />
          </Field>
          <div className="empty:hidden sm:col-span-6">
            <AllowSuggestion problem={form.problem} act="save" onAllowed={form.send} />
          </div>
          {isHttp || isApi ? null : <OptionFields fields={fieldsOf(monitor.kind)} {...options} />}
          {isHttp ? (
            <Field
              label="Headers"
              aside="one per line"
              hint="Secret values are stored sealed and read back as [secret]; leave that to keep them."
              error={form.error('headers')}
              className="sm:col-span-6"
            >
              <Textarea {...form.text('headers')} mono rows={2} dir="ltr" placeholder="Authorization: Bearer …" />
            </Field>
          ) : null}
          {sendsBody ? (
            <Field label="Body" error={form.error('body')} className="sm:col-span-6">
              <Textarea {...form.text('body')} mono rows={3} dir="ltr" />
            </Field>
          ) : null}
        </Panel>
      </Section>
      {isApi ? (
        <Section title="Steps" aside="one after another; a later one may use what an earlier one was answered">
          <StepsField
            steps={form.values.steps}
            variables={form.values.variables}
            onSteps={(next) => {
              form.set('steps', next);
              trial.reset();
            }}
            onVariables={(next) => {
              form.set('variables', next);
              trial.reset();
            }}
            faults={stepFaults(form, trial.error)}
          />
        </Section>
      ) : null}
      {isHttp ? (
        <Section title="How it signs in" aside="optional">
          <Panel className="grid gap-4 p-4 sm:grid-cols-6">
            <OptionFields fields={signInFields} {...options} />
          </Panel>
        </Section>
      ) : null}
      {isHttp ? <RoadFields form={form} /> : null}
      {isApi ? (
        <Section title="How it connects" aside="optional">
          <Panel className="grid gap-4 p-4 sm:grid-cols-6">
            <OptionFields fields={fieldsOf(monitor.kind)} {...options} />
          </Panel>
        </Section>
      ) : null}
      <Section title="What must hold" aside={isHttp ? 'without a status line, 200 to 399 is expected' : undefined}>
        <AssertionsField
          kind={monitor.kind}
          value={form.values.assertions}
          onChange={(next) => form.set('assertions', next)}
          error={form.error('assertions')}
        />
      </Section>
      <Section title="When and how sure">
        <Panel className="grid gap-4 p-4 sm:grid-cols-3">
          <Field label="Check every" aside="seconds" error={form.error('intervalSeconds')}>
            <Input {...form.text('intervalSeconds')} inputMode="numeric" />
          </Field>
          <Field
            label="Give up after"
            aside="seconds"
            hint={
              Number(form.values.timeoutSeconds) > Number(form.values.intervalSeconds)
                ? 'Longer than from one check to the next: several may wait at once.'
                : undefined
            }
            error={form.error('timeoutSeconds')}
          >
            <Input {...form.text('timeoutSeconds')} inputMode="decimal" />
          </Field>
          <Field label="Degraded above" aside="ms" error={form.error('degradedAboveMs')}>
            <Input {...form.text('degradedAboveMs')} inputMode="numeric" />
          </Field>
          <Field label="Down after" aside="failures" error={form.error('failures')}>
            <Input {...form.text('failures')} inputMode="numeric" />
          </Field>
          <Field label="Up again after" aside="answers" error={form.error('recoveries')}>
            <Input {...form.text('recoveries')} inputMode="numeric" />
          </Field>
          {isHttp ? (
            <Field label="Follow redirects" aside="at most" error={form.error('maxRedirects')}>
              <Input {...form.text('maxRedirects')} inputMode="numeric" />
            </Field>
          ) : null}
          <ReplayLine monitor={monitor} confirm={confirmOf(form.values)} />
        </Panel>
      </Section>
      <PlacesField
        places={form.values.places}
        onPlaces={(next) => form.set('places', next)}
        needed={form.values.needed}
        onNeeded={(next) => form.set('needed', next)}
        error={form.error('locations')}
      />
      {trial.isPending && trialName !== '' ? <TrialProgress trial={trialName} /> : null}
      {trial.data === undefined ? null : <TryAnswer answer={trial.data} />}
      <AllowSuggestion problem={trial.error} act="try" onAllowed={tryIt} />
      {suggestedNetwork(trial.error) === undefined ? <ErrorNote error={trial.error} /> : null}
      <FormEnd monitor={monitor} form={form}>
        {traitsOf(monitor.kind).elsewhere === true ? null : (
          <Button busy={trial.isPending} onClick={tryIt}>
            Try it
          </Button>
        )}
      </FormEnd>
    </form>
  );
}
