import { readFileSync } from 'node:fs';

/*
 * Prints "PASSED FAILED" from vitest's JSON report. A file that could not be loaded has no tests to fail, so it counts as
 * one failure itself.
 */

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const report = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Report;
const brokenFiles = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
);
process.stdout.write(`${report.numPassedTests} ${report.numFailedTests + brokenFiles.length}\n`);
