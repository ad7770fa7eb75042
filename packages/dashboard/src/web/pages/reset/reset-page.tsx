import type { ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { DoorPage } from '../../components/door-page.tsx';
import { AskForLink } from './ask-for-link.tsx';
import { NewPassword } from './new-password.tsx';

export default function ResetPage(): ReactElement {
  const [search] = useSearchParams();
  const token = search.get('token');
  return token === null ? (
    <DoorPage title="Reset your password">
      <AskForLink />
    </DoorPage>
  ) : (
    <DoorPage title="Choose a new password">
      <NewPassword token={token} />
    </DoorPage>
  );
}
