import { useState } from 'react';
import { listContactMethods } from '#respond/contract';
import { useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Rows, Section } from '../ui/panel.tsx';
import { MyLastDrill } from '../respond/my-last-drill.tsx';
import { AddContactDialog } from './add-contact-dialog.tsx';
import { ContactRow } from './contact-row.tsx';
import { NotificationRules } from './notification-rules.tsx';
import { OurNumbers } from './our-numbers.tsx';
import { QuietHours } from './quiet-hours.tsx';
import { ThisBrowser } from './this-browser.tsx';

/** How a page reaches you: the methods, proved by a code, and when each is used. */
export function ReachScreen() {
  const methods = useRead(listContactMethods, { query: { limit: 50 } }, ['settings', 'members', 'deliveries']);
  const [adding, setAdding] = useState(false);
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      Add a contact method
    </Button>
  );
  return (
    <Page
      title="How you are paged"
      narrow
      below="A page goes to verified methods only, so that nobody finds out at 03:00 that an address had a typing error."
      acts={methods.data?.items.length === 0 ? null : add}
    >
      <Loaded read={methods} rows={2}>
        {({ items }) => (
          <div className="grid gap-8">
            {items.length === 0 ? (
              <EmptyState title="No page can reach you yet" act={add}>
                Add your email, an ntfy topic on your phone, or a webhook. A code is sent there; enter it and you are
                done.
              </EmptyState>
            ) : (
              <Section title="Contact methods">
                <Rows>
                  {items.map((method) => (
                    <ContactRow key={method.id} method={method} />
                  ))}
                </Rows>
              </Section>
            )}
            {items.some(({ verifiedAt }) => verifiedAt !== null) ? <MyLastDrill /> : null}
            <OurNumbers />
            <ThisBrowser methods={items} />
            {items.some(({ verifiedAt }) => verifiedAt !== null) ? (
              <>
                <NotificationRules methods={items} />
                <QuietHours />
              </>
            ) : null}
          </div>
        )}
      </Loaded>
      {adding ? <AddContactDialog onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}
