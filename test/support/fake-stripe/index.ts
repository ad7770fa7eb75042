export {
  FAKE_SECRET_KEY,
  FAKE_WEBHOOK_SECRET,
  fakeStripe,
  type FakeStripe,
  type FakeStripeOptions,
} from './fake-stripe.ts';
export type { FakeEvent } from './deliveries.ts';
export type { ReceivedCall } from './calls.ts';
export type { StripeObject } from './objects.ts';
