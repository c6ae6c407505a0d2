import type { ReactNode } from 'react';
import { useWindowTitle } from '../ui/window-title.ts';

/** The frame of screens before sign-in: the mark, one title, one form. */
export function Bare({ title, intro, children }: { title: string; intro?: ReactNode; children: ReactNode }) {
  useWindowTitle(title);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-4 py-10 md:py-16">
      <p className="mb-8 flex items-center gap-2.5 text-lg font-semibold tracking-tight">
        <img src="/icon.svg" alt="" className="size-7" />
        Allclear
      </p>
      <h1 className="text-title font-semibold tracking-tight text-balance">{title}</h1>
      {intro === undefined ? null : <p className="mt-1 text-muted">{intro}</p>}
      <div className="mt-6">{children}</div>
    </main>
  );
}
