import { dashboard, type DashboardFacts } from '@onerouter/dashboard';
import type { Router } from 'express';
import type { ConfigFile } from '../config/schema.ts';
import { DEMO_EMAIL } from '../demo/sections.ts';
import type { Demo } from '../demo/start-demo.ts';

/** The pages, and what they tell about this server. */
export function pages({ pages: { supportUrl } }: ConfigFile, demo: Demo | undefined): Router {
  const facts: DashboardFacts = {
    ...(supportUrl === undefined ? {} : { supportUrl }),
    ...(demo && {
      demo: {
        keyFile: demo.keys.apiKeyFile,
        signIn: `Sign in as ${DEMO_EMAIL}; the password was printed at the start, and is kept in ${demo.keys.passwordFile}.`,
      },
    }),
  };
  return dashboard({ facts });
}
