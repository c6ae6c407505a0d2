import type { ChangeEvent } from 'react';
import { ApiProblem } from '#client';
import { Field } from '../ui/field.tsx';
import { Input, Select, Textarea } from '../ui/input.tsx';
import { fieldOfFault, type MappingDraft } from './mapping-draft.ts';

type TextEvent = ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>;

/** Where each part of a signal comes from. */
export function MappingFields({
  draft,
  onChange,
  error,
}: {
  draft: MappingDraft;
  onChange: (draft: MappingDraft) => void;
  error: unknown;
}) {
  const faults = error instanceof ApiProblem ? error.errors : [];
  const faultOf = (name: keyof MappingDraft) => faults.find(({ path }) => fieldOfFault(path) === name)?.message;
  const text = (name: keyof MappingDraft) => ({
    value: draft[name],
    onChange: (event: TextEvent) => onChange({ ...draft, [name]: event.target.value }),
    spellCheck: false,
  });
  return (
    <div className="grid gap-4">
      <Field label="Title" hint="A path such as $.alert.name, or text with {{paths}} in it" error={faultOf('title')}>
        <Input mono {...text('title')} placeholder="{{host}} {{check}}" />
      </Field>
      <Field
        label="Key"
        aside="optional"
        hint="Signals with the same key are one alert. Without it, the title is the key."
        error={faultOf('dedupKey')}
      >
        <Input mono {...text('dedupKey')} placeholder="$.alert.id" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Status from" aside="optional" hint="Without it, all are firing." error={faultOf('statusFrom')}>
          <Input mono {...text('statusFrom')} placeholder="$.state" />
        </Field>
        <Field label="Any other value is">
          <Select {...text('statusOtherwise')}>
            <option value="firing">firing</option>
            <option value="resolved">resolved</option>
            <option value="ignored">ignored</option>
          </Select>
        </Field>
        <Field label="Firing when" aside="by commas" error={faultOf('firing')}>
          <Input mono {...text('firing')} placeholder="alarm" />
        </Field>
        <Field label="Resolved when" aside="by commas" error={faultOf('resolved')}>
          <Input mono {...text('resolved')} placeholder="ok, recovered" />
        </Field>
        <Field label="Ignored when" aside="by commas" error={faultOf('ignored')}>
          <Input mono {...text('ignored')} placeholder="acknowledged" />
        </Field>
        <span className="max-sm:hidden" />
        <Field label="Severity from" aside="optional" error={faultOf('severityFrom')}>
          <Input mono {...text('severityFrom')} placeholder="$.level" />
        </Field>
        <Field label="Any other level is">
          <Select {...text('severityOtherwise')}>
            <option value="critical">critical</option>
            <option value="error">error</option>
            <option value="warning">warning</option>
            <option value="info">info</option>
          </Select>
        </Field>
      </div>
      <Field
        label="Levels"
        aside="one by line"
        hint="Theirs = critical, error, warning or info"
        error={faultOf('severityValues')}
      >
        <Textarea mono rows={3} {...text('severityValues')} placeholder={'Disaster = critical\nHigh = error'} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Source" aside="optional" error={faultOf('source')}>
          <Input mono {...text('source')} placeholder="$.host" />
        </Field>
        <Field label="Link" aside="optional" error={faultOf('url')}>
          <Input mono {...text('url')} placeholder="$.links[0].href" />
        </Field>
      </div>
      <Field label="Labels" aside="one by line" hint="Name = path or text" error={faultOf('labels')}>
        <Textarea mono rows={3} {...text('labels')} placeholder="team = $.owner.team" />
      </Field>
    </div>
  );
}
