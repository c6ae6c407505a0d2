import { clsx } from 'clsx';
import X from 'lucide-react/icons/x';
import * as Radix from 'radix-ui/dialog';
import type { FormEventHandler, ReactNode } from 'react';
import { IconButton } from './button.tsx';

const veil = 'fixed inset-0 z-40 bg-veil animate-fade';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title; screen readers hear it on opening. */
  description?: ReactNode;
  children?: ReactNode;
  /** The acts, at the bottom right. */
  footer?: ReactNode;
  /** Makes the content a form: the footer's `type="submit"` button sends it. */
  onSubmit?: FormEventHandler<HTMLFormElement>;
  size?: 'sm' | 'md' | 'lg';
}

function Inside({ title, description, children, footer, onSubmit }: DialogProps) {
  const body = (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
      {footer === undefined ? null : (
        <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3 max-md:pb-[max(12px,env(safe-area-inset-bottom))]">
          {footer}
        </div>
      )}
    </>
  );
  return (
    <>
      <div className="flex items-start justify-between gap-3 px-5 pt-4 pb-3">
        <div className="min-w-0">
          <Radix.Title dir="auto" className="text-lg font-semibold tracking-tight break-words first-letter:uppercase">
            {title}
          </Radix.Title>
          {description === undefined ? null : (
            <Radix.Description className="mt-0.5 text-muted">{description}</Radix.Description>
          )}
        </div>
        <Radix.Close asChild>
          <IconButton label="Close" size="sm" className="-mr-1.5">
            <X size={16} aria-hidden="true" />
          </IconButton>
        </Radix.Close>
      </div>
      {onSubmit === undefined ? (
        body
      ) : (
        <form noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
          {body}
        </form>
      )}
    </>
  );
}

/** Where there is something to write, the cursor stands there and not on the cross. A finger would only get a keyboard. */
function focusFirstField(event: Event): void {
  const field = matchMedia('(pointer: fine)').matches
    ? (event.currentTarget as HTMLElement).querySelector<HTMLElement>(
        'textarea, select, input:not([type=checkbox], [type=radio], [type=file])',
      )
    : null;
  if (field === null) return;
  event.preventDefault();
  field.focus();
}

const noDescription = { 'aria-describedby': undefined };

/** A question in front of the screen. On a phone it rises from the bottom and fills the width. */
export function Dialog(props: DialogProps) {
  const width = { sm: 'md:max-w-md', md: 'md:max-w-xl', lg: 'md:max-w-3xl' }[props.size ?? 'md'];
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Radix.Content
          {...(props.description === undefined ? noDescription : {})}
          onOpenAutoFocus={focusFirstField}
          className={clsx(
            'fixed z-50 flex animate-rise flex-col border border-line bg-surface shadow-raised focus:outline-none',
            'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-panel',
            'md:inset-x-4 md:top-[12vh] md:bottom-auto md:mx-auto md:max-h-[76vh] md:rounded-panel',
            width,
          )}
        >
          <Inside {...props} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The same from the right edge, for something beside the screen that is read along with it. */
export function Drawer(props: DialogProps) {
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Radix.Content
          {...(props.description === undefined ? noDescription : {})}
          className="fixed inset-y-0 right-0 z-50 flex w-full animate-slide flex-col border-l border-line bg-surface shadow-raised focus:outline-none sm:max-w-lg"
        >
          <Inside {...props} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
