import { useNavigate } from '@tanstack/react-router';
import { useSession } from '../data/session.ts';
import { type Command, useCommands } from './commands.ts';
import { runKey } from './keys.ts';
import type { Place } from './place.ts';
import { settingsGroups } from './settings-places.ts';
import { chooseTheme } from './theme.ts';

/** What the palette offers on every screen: declaring, every place, every part of the settings, the theme. */
export function useGlobalCommands(places: readonly Place[], mayDeclare: boolean): void {
  const navigate = useNavigate();
  const { permissions } = useSession();
  const go = (to: Place['to']) => () => void navigate({ to });
  const declare: Command[] = mayDeclare
    ? [{ id: 'declare', title: 'Declare an incident', group: 'Do', keys: 'd', run: () => runKey('d') }]
    : [];
  const themes = (['system', 'light', 'dark'] as const).map((theme): Command => ({
    id: `theme ${theme}`,
    title: `Theme: ${theme}`,
    group: 'Do',
    run: () => chooseTheme(theme),
  }));
  useCommands([
    ...settingsGroups
      .flatMap((group) => group.places)
      .filter(({ needs }) => needs === undefined || permissions.includes(needs))
      .map(({ to, label }): Command => ({ id: `settings ${to}`, title: label, group: 'Settings', run: go(to) }))
      .toReversed(),
    ...places
      .map(({ to, label, key }): Command => ({
        id: `go ${to}`,
        title: label,
        group: 'Go to',
        keys: `g ${key}`,
        run: go(to),
      }))
      .toReversed(),
    ...themes.toReversed(),
    ...declare,
  ]);
}
