import { clsx } from 'clsx';
import { formatMs } from './format.ts';
import { toneFill } from './tones.ts';

export interface Phases {
  dnsMs: number | null;
  tcpMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  transferMs: number | null;
}

/** In the order in which they happen. */
export const phaseParts = [
  ['dnsMs', 'DNS', 'muted'],
  ['tcpMs', 'TCP', 'ok'],
  ['tlsMs', 'TLS', 'accent'],
  ['firstByteMs', 'first byte', 'warn'],
  ['transferMs', 'transfer', 'major'],
] as const;

function known(phases: Phases) {
  return phaseParts.flatMap(([key, name, tone]) => {
    const ms = phases[key];
    return ms === null ? [] : [{ key, name, fill: toneFill[tone], ms }];
  });
}

/** `dns 2 · tcp 11 · tls 24 · first byte 41 ms` */
function phasesInWords(phases: Phases): string {
  const all = known(phases);
  if (all.length === 0) return 'no phase was reached';
  return all.map(({ name, ms }) => `${name} ${formatMs(ms)}`).join(' · ');
}

/**
 * Where the time of one check went. `scaleMs` lets several bars share a scale; with `legend` the parts are named below;
 * `fit` = as narrow as what it stands in.
 */
export function PhaseBar({
  phases,
  scaleMs,
  legend = false,
  fit = false,
}: {
  phases: Phases;
  scaleMs?: number;
  legend?: boolean;
  fit?: boolean;
}) {
  const all = known(phases);
  const total = all.reduce((sum, { ms }) => sum + ms, 0);
  const width = scaleMs === undefined || scaleMs <= 0 ? 100 : Math.min(100, Math.max(4, (total / scaleMs) * 100));
  return (
    <div className={fit ? 'min-w-0' : 'min-w-24'}>
      <div
        role="img"
        aria-label={phasesInWords(phases)}
        title={phasesInWords(phases)}
        className={clsx('flex gap-px overflow-hidden rounded-full', legend ? 'h-3' : 'h-2')}
        style={{ width: `${width}%` }}
      >
        {all.map(({ key, fill, ms }) => (
          <span
            key={key}
            className={clsx(fit ? 'min-w-0' : 'min-w-0.5', fill)}
            style={{ flexGrow: Math.max(ms, total / 200, 0.01) }}
          />
        ))}
      </div>
      {legend ? (
        <ul className="num mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
          {all.map(({ key, name, fill, ms }) => (
            <li key={key} className="flex items-center gap-1.5">
              <span aria-hidden="true" className={clsx('size-2 rounded-sm', fill)} />
              {name} <span className="text-text">{formatMs(ms)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
