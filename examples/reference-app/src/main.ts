import { startApp } from './app.ts';
import { ConfigError } from './config/config-error.ts';
import { createLog } from './log.ts';
import { shutDownOnSignals } from './shut-down.ts';

const log = createLog(process.env['LOG_LEVEL'] ?? 'info');
try {
  const app = await startApp({
    env: process.env,
    cwd: process.cwd(),
    log,
    print: (text) => console.log(text),
  });
  process.on('SIGHUP', () => app.reload());
  shutDownOnSignals(() => app.close(), app.drainMs, log);
} catch (err) {
  if (err instanceof ConfigError) console.error(err.message);
  else log.fatal({ err }, 'OneRouter could not start.');
  process.exitCode = 1;
}
