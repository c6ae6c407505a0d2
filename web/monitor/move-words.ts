import type { MovingItem, MovingTool } from '#monitor/contract';
import type { Tone } from '../ui/badge.tsx';
import type { GlyphName } from '../ui/glyph.tsx';

export const MOVING_NAMES: Readonly<Record<MovingTool, string>> = {
  'uptime-kuma': 'Uptime Kuma',
  openstatus: 'OpenStatus',
  checkly: 'Checkly',
  blackbox: 'blackbox_exporter',
};

type Word = { readonly tone: Tone; readonly glyph: GlyphName; readonly text: string };

export const OUTCOME_WORDS: Readonly<Record<MovingItem['outcome'], Word>> = {
  same: { tone: 'ok', glyph: 'check', text: 'as it is' },
  changed: { tone: 'accent', glyph: 'half', text: 'differs' },
  left: { tone: 'warn', glyph: 'ring', text: 'stays behind' },
};
