import type { ReactElement } from 'react';
import { useProfile } from '../../api/session.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { AlertSettings } from './alert-settings.tsx';
import { PasswordSettings } from './password-settings.tsx';
import { PrivacySettings } from './privacy-settings.tsx';
import { SessionSettings } from './session-settings.tsx';
import { SignInSettings } from './sign-in-settings.tsx';

export default function SettingsPage(): ReactElement {
  const profile = useProfile();
  return (
    <Page title="Settings" description={profile.data?.email} narrow>
      <QueryView query={profile}>
        {(found) =>
          found && (
            <div className="or-settings">
              <PrivacySettings profile={found} />
              <AlertSettings profile={found} />
              <PasswordSettings profile={found} />
              <SignInSettings profile={found} />
              <SessionSettings />
            </div>
          )
        }
      </QueryView>
    </Page>
  );
}
