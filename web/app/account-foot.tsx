import { useNavigate } from '@tanstack/react-router';
import { signOut } from '../data/session.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { toast } from './toasts.tsx';
import { chooseTheme, type Theme, useTheme } from './theme.ts';

const themes: { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** Oneself, at the foot of the sidebar. `note` says what matters about you now ("On call until 18:00"). */
export function AccountFoot({ name, note, onHelp }: { name: string; note?: string; onHelp: () => void }) {
  const theme = useTheme();
  const navigate = useNavigate();
  async function leave(): Promise<void> {
    try {
      await signOut();
      await navigate({ to: '/' });
    } catch (error) {
      toast({ tone: 'bad', text: sentenceOf(error) });
    }
  }
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex h-8 w-full items-center gap-2 rounded-control px-2 text-left text-xs text-muted transition-colors hover:text-text max-md:h-11"
        >
          <Avatar name={name} beside />
          <span className="min-w-0 flex-1 truncate">
            <bdi>{note ?? name}</bdi>
          </span>
        </button>
      }
    >
      <MenuLabel>{name}</MenuLabel>
      <MenuItem onSelect={onHelp} keyHint="?">
        Keys
      </MenuItem>
      <MenuLine />
      <MenuLabel>Theme</MenuLabel>
      {themes.map(({ value, label }) => (
        <MenuItem key={value} onSelect={() => chooseTheme(value)}>
          {label}
          {theme === value ? <span className="sr-only"> (chosen)</span> : null}
          {theme === value ? <span aria-hidden="true"> ✓</span> : null}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onSelect={() => void leave()}>Sign out</MenuItem>
    </Menu>
  );
}
