/** Ends this process when the benchmark that started it is gone, however that ended. */
export function exitWithParent(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
  if (process.connected) process.once('disconnect', () => process.exit(0));
}
