import { Alert, Button, Group, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { messageOf } from '../api/api-error.ts';

export interface ErrorNoticeProps {
  readonly error: unknown;
  /** What was being done. @default 'This could not be loaded' */
  readonly title?: string;
  /** Offered as a button. */
  readonly retry?: () => unknown;
}

/** Says what went wrong in the API's words, and offers to try again. */
export function ErrorNotice(props: ErrorNoticeProps): ReactElement {
  const { error, title = 'This could not be loaded', retry } = props;
  return (
    <Alert color="red" variant="light" icon={<TriangleAlert size={18} />} title={title} role="alert">
      <Text>{messageOf(error)}</Text>
      {retry && (
        <Group mt="sm">
          <Button variant="default" size="xs" onClick={() => void retry()}>
            Try again
          </Button>
        </Group>
      )}
    </Alert>
  );
}
