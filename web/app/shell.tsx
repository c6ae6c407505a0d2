import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { followLive } from '../data/live.ts';
import { queryClient } from '../data/query-client.ts';
import { signOut, useMay, useSession } from '../data/session.ts';
import { StormBanner } from '../detect/storm-banner.tsx';
import { AccountPanel } from './account-panel.tsx';
import { Frame } from './frame.tsx';
import { askToDeclare, useDeclareRequest } from './declare-slot.ts';
import { useGlobalCommands } from './global-commands.ts';
import { runKey, useKey } from './keys.ts';
import { LiveIndicator } from './live-indicator.tsx';
import { settingsPlace, usePlaces } from './places.tsx';
import { Reachability } from './reachability.tsx';
import { useScreenFocus } from './screen-focus.ts';
import { TopBar } from './top-bar.tsx';

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })));
const DeclareDialog = lazy(() =>
  import('../declare/declare-dialog.tsx').then((module) => ({ default: module.DeclareDialog })),
);
const KeyHelp = lazy(() => import('./key-help.tsx').then((module) => ({ default: module.KeyHelp })));

/** Everything around a screen for somebody who is signed in. */
export function Shell() {
  const session = useSession();
  const places = usePlaces();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const mayDeclare = useMay('incidents.declare');
  const declaring = useDeclareRequest();

  useEffect(() => followLive(queryClient), []);
  useKey('mod+k', 'Search or do anything', () => setPalette(true));
  useKey('d', 'Declare an incident', () => askToDeclare({}), mayDeclare);
  useKey('?', 'Show these keys', () => setHelp(true));
  useGlobalCommands([...places, settingsPlace], mayDeclare);
  useScreenFocus();

  return (
    <Frame
      workspace={session.workspace.name}
      places={places}
      settings={settingsPlace}
      person={{ name: session.user.name }}
      account={<AccountPanel email={session.user.email} onHelp={() => setHelp(true)} onLeave={signOut} />}
      topBar={
        <TopBar
          onSearch={() => setPalette(true)}
          onDeclare={mayDeclare ? () => runKey('d') : undefined}
          live={<LiveIndicator />}
        />
      }
      banner={
        <>
          <Reachability />
          <StormBanner />
        </>
      }
    >
      <Outlet />
      {[...places, settingsPlace].map((place) => (
        <PlaceKey key={place.to} to={place.to} keys={`g ${place.key}`} label={place.label} />
      ))}
      <Suspense>
        {palette ? <Palette open onOpenChange={setPalette} /> : null}
        {declaring === undefined ? null : <DeclareDialog prefill={declaring} />}
        {help ? <KeyHelp open onOpenChange={setHelp} /> : null}
      </Suspense>
    </Frame>
  );
}

function PlaceKey({
  to,
  keys,
  label,
}: {
  to: ReturnType<typeof usePlaces>[number]['to'];
  keys: string;
  label: string;
}) {
  const navigate = useNavigate();
  useKey(keys, `Go to ${label}`, () => void navigate({ to }));
  return null;
}
