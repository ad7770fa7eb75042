import { Alert, Button, Text } from '@mantine/core';
import { CircleStop, TriangleAlert, Wallet } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Answer } from './conversation.ts';

const PAYMENT_REQUIRED = 402;

/** Says plainly that there is no answer, or not all of one. */
export function AnswerProblem({
  answer: { state, problem, finishReason },
}: {
  readonly answer: Answer;
}): ReactElement | null {
  if (state === 'stopped') {
    return (
      <p className="or-cut" role="note">
        <CircleStop size={15} aria-hidden /> You stopped this answer. It is not complete.
      </p>
    );
  }
  if (state === 'complete' && finishReason === 'length') {
    return (
      <p className="or-cut" role="note">
        <TriangleAlert size={15} aria-hidden /> Cut off: the limit of output tokens is reached.
      </p>
    );
  }
  if (problem === undefined) return null;
  if (problem.status === PAYMENT_REQUIRED) {
    return (
      <Alert
        color="orange"
        variant="light"
        icon={<Wallet size={18} />}
        title="Not enough credits"
        role="alert"
      >
        <Text mb="sm">{problem.message}</Text>
        <Button component={Link} href="/credits" size="xs">
          Go to Credits
        </Button>
      </Alert>
    );
  }
  return (
    <Alert
      color="red"
      variant="light"
      icon={<TriangleAlert size={18} />}
      title={state === 'failed' ? 'No answer' : 'This answer is incomplete'}
      role="alert"
    >
      <Text>{problem.message}</Text>
    </Alert>
  );
}
