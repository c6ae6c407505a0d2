import { clsx } from 'clsx';
import { initials } from './format.ts';

/** A person as two letters; the name is on hover and for screen readers unless it stands beside it (`beside`). */
export function Avatar({
  name,
  beside = false,
  size = 'md',
}: {
  name: string;
  beside?: boolean;
  size?: 'sm' | 'md' | 'lg';
}) {
  const box = { sm: 'size-4 text-[8px]', md: 'size-5 text-[10px]', lg: 'size-8 text-xs' }[size];
  const said = beside ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name, title: name };
  return (
    <span
      {...said}
      className={clsx(
        'inline-flex shrink-0 items-center justify-center rounded-full bg-accent-tint leading-none font-bold text-accent-text select-none',
        box,
      )}
    >
      {initials(name)}
    </span>
  );
}

export function Person({ name, className }: { name: string; className?: string }) {
  return (
    <span className={clsx('inline-flex min-w-0 items-center gap-1.5', className)}>
      <Avatar name={name} beside />
      <bdi className="truncate">{name}</bdi>
    </span>
  );
}
