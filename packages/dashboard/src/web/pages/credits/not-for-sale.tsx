import { Alert, Anchor, Text } from '@mantine/core';
import { Store } from 'lucide-react';
import type { ReactElement } from 'react';
import { useProfile } from '../../api/session.ts';
import { TextLink } from '../../components/text-link.tsx';
import { facts } from '../../lib/facts.ts';

/** Where no payments are taken: to whom to turn. */
export function NotForSale(): ReactElement {
  const { data: profile } = useProfile();
  return (
    <Alert color="brand" variant="light" icon={<Store size={18} />} title="Credits cannot be bought here">
      {profile?.role === 'operator' ? (
        <Text>
          Payments are not configured: that takes Stripe’s keys in <code>billing.stripe</code> of the
          configuration file. Until then, credits can be granted on{' '}
          <TextLink href="/operator">Operator</TextLink>.
        </Text>
      ) : (
        <Text>
          Payments are not set up on this installation. Whoever runs it can grant you credits
          {facts.supportUrl === undefined ? (
            '.'
          ) : (
            <>
              :{' '}
              <Anchor href={facts.supportUrl} size="sm">
                ask them
              </Anchor>
              .
            </>
          )}
        </Text>
      )}
    </Alert>
  );
}
