import { expect, it } from 'vitest';
import { loggableError, MESSAGE_WITHHELD } from './loggable.ts';

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (err) {
    return err;
  }
}

it('what a parser quotes is not shown, where it happened is', () => {
  const shown = loggableError(thrownBy(() => JSON.parse('secret')));
  expect(shown).toMatchObject({ name: 'SyntaxError', message: MESSAGE_WITHHELD });
  expect(shown.stack).toMatch(/^at JSON\.parse/);
  expect(JSON.stringify(shown)).not.toContain('secret');
});

it('a message of several lines is withheld as a whole', () => {
  const shown = loggableError(new Error('secret\n    at secret (secret:1:1)'));
  expect(JSON.stringify(shown)).not.toContain('secret');
  expect(shown.stack).toMatch(/^at /);
});

it('an error with a code of the system or of a store is shown as it is', () => {
  const full = Object.assign(new Error('disk is full'), { code: 'ERR_SQLITE_ERROR' });
  expect(loggableError(full)).toMatchObject({ code: 'ERR_SQLITE_ERROR', message: 'disk is full' });
});

it.each([['secret'], [{ message: 'secret' }], [null], [undefined]])(
  '%j, which is no error, is not shown',
  (thrown) => {
    expect(JSON.stringify(loggableError(thrown))).not.toContain('secret');
  },
);

it('a changed stack shows nothing', () => {
  const odd = Object.assign(new Error('one'), { stack: 'secret' });
  expect(loggableError(odd).stack).toBe('');
});
