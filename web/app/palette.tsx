import { Command as Cmdk } from 'cmdk';
import { Content, Overlay, Portal, Root, Title } from 'radix-ui/dialog';
import { KeyHint } from '../ui/key-hint.tsx';
import { useState } from 'react';
import { type Command, useAllCommands } from './commands.ts';
import { useFoundThings } from './found-things.ts';

const heading =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted';

/** Every act of the product behind one box. Loaded on first use. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [typed, setTyped] = useState('');
  const found = useFoundThings(typed);
  const commands = [...useAllCommands(), ...found];
  const groups = Map.groupBy(commands, (command) => command.group);
  const run = (command: Command) => {
    onOpenChange(false);
    command.run();
  };
  return (
    <Root open={open} onOpenChange={onOpenChange}>
      <Portal>
        <Overlay className="fixed inset-0 z-40 animate-fade bg-veil" />
        <Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-3 z-50 mx-auto max-w-xl animate-rise overflow-hidden rounded-panel border border-line bg-surface shadow-raised focus:outline-none md:top-[14vh]"
        >
          <Title className="sr-only">Search or do anything</Title>
          <Cmdk label="Search or do anything" loop>
            <Cmdk.Input
              autoFocus
              value={typed}
              onValueChange={setTyped}
              placeholder="Search or do anything"
              className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none"
            />
            <Cmdk.List className="max-h-[min(420px,60dvh)] overflow-y-auto p-1.5">
              <Cmdk.Empty className="px-2.5 py-6 text-center text-muted">
                Nothing by that name. Try a monitor or a place.
              </Cmdk.Empty>
              {[...groups].map(([group, members]) => (
                <Cmdk.Group key={group} heading={group} className={heading}>
                  {members.map((command) => (
                    <Cmdk.Item
                      key={command.id}
                      value={command.id}
                      keywords={[command.title, command.group, command.also ?? '']}
                      onSelect={() => run(command)}
                      className="flex min-h-9 cursor-pointer items-center gap-3 rounded-control px-2.5 data-[selected=true]:bg-sunken max-md:min-h-11"
                    >
                      <span className="flex-1 truncate">{command.title}</span>
                      {command.keys === undefined ? null : <Keys keys={command.keys} />}
                    </Cmdk.Item>
                  ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Content>
      </Portal>
    </Root>
  );
}

function Keys({ keys }: { keys: string }) {
  return (
    <span className="flex gap-1">
      {keys.split(' ').map((key) => (
        <KeyHint key={key} keys={key} />
      ))}
    </span>
  );
}
