import Paperclip from 'lucide-react/icons/paperclip';
import { type ChangeEvent, useRef } from 'react';
import { type IncidentView, MAX_ATTACHMENT_BYTES, uploadAttachment } from '#declare/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { topicsOf } from './open-states.ts';

/** Puts a picture on the timeline. */
export function AttachButton({ incident }: { incident: IncidentView }) {
  const input = useRef<HTMLInputElement>(null);
  const upload = useAct(uploadAttachment, { touches: topicsOf(incident.id) });
  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file === undefined) return;
    if (file.size > MAX_ATTACHMENT_BYTES)
      return toast({ tone: 'bad', text: `${file.name} is larger than 5 MB. Cut it down and try again.` });
    try {
      await upload.mutateAsync({
        params: { id: incident.id },
        body: { name: file.name, base64: await base64Of(file) },
      });
    } catch (error) {
      toast({ tone: 'bad', text: sentenceOf(error) });
    }
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif"
        aria-label="Choose a picture"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => void choose(event)}
      />
      <Button
        variant="ghost"
        busy={upload.isPending}
        icon={<Paperclip size={14} aria-hidden="true" />}
        onClick={() => input.current?.click()}
      >
        Picture
      </Button>
    </>
  );
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(new Error(`${file.name} could not be read.`)));
    reader.readAsDataURL(file);
  });
}
