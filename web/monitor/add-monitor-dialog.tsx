import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import { AddAskingForm, type AskingKind } from './add-asking-form.tsx';
import { AddHeartbeat } from './add-heartbeat.tsx';
import { AddPushedValue } from './add-pushed-value.tsx';
import { httpWords, kindWords } from './kind-words.ts';

type Kind = AskingKind | 'heartbeat' | 'value';

/** We ask an address, in one of many ways, a job reports to us, or a value is sent. */
export function AddMonitorDialog({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<Kind>('http');
  const [isChosen, setIsChosen] = useState(false);
  const open = useOpenMonitor(onClose);
  const kinds = (
    <Field label="What is watched">
      <Select
        value={kind}
        onChange={(event) => {
          setKind(event.target.value as Kind);
          setIsChosen(true);
        }}
      >
        <option value="http">{httpWords.label}</option>
        {Object.entries(kindWords).map(([value, { label }]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
        <option value="heartbeat">A job that reports to us (heartbeat)</option>
        <option value="value">A value that is sent to us (pushed metric)</option>
      </Select>
    </Field>
  );
  if (kind === 'heartbeat') return <AddHeartbeat kinds={kinds} onAdded={open} onClose={onClose} />;
  if (kind === 'value') return <AddPushedValue kinds={kinds} onAdded={open} onClose={onClose} />;
  return (
    <AddAskingForm kind={kind} isChosen={isChosen} kinds={kinds} onKind={setKind} onAdded={open} onClose={onClose} />
  );
}

function useOpenMonitor(onClose: () => void): (id: string) => void {
  const navigate = useNavigate();
  return (id) => {
    onClose();
    void navigate({ to: '/monitors/$monitorId', params: { monitorId: id } });
  };
}
