/** Colours that tell the parts of one picture apart; what they stand for is always said in words beside them. */
export type Tone = 'accent' | 'muted' | 'ok' | 'warn' | 'major' | 'bad';

export const toneFill: Record<Tone, string> = {
  accent: 'bg-accent',
  muted: 'bg-unknown',
  ok: 'bg-ok',
  warn: 'bg-warn',
  major: 'bg-major',
  bad: 'bg-bad',
};

/** The same as tokens, for what is drawn. */
export const toneVariable: Record<Tone, string> = {
  accent: '--accent',
  muted: '--unknown',
  ok: '--ok',
  warn: '--warn',
  major: '--major',
  bad: '--bad',
};
