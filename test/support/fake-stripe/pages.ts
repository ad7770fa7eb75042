import { Router } from 'express';
import type { Money } from './money.ts';
import type { Objects, StripeObject } from './objects.ts';

/** The pages that people see at Stripe, plain enough to be clicked by a browser test. */
export function stripePages(objects: Objects, money: Money): Router {
  const pages = Router();
  pages.get('/checkout/:id', (req, res) => {
    const session = objects.get(req.params.id);
    if (session) res.type('html').send(checkoutPage(session));
    else res.status(404).type('html').send('<!doctype html><title>Gone</title><p>This page is gone.</p>');
  });
  pages.post('/checkout/:id/pay', (req, res) => {
    const session = objects.need(req.params.id);
    const { method } = req.body as { method?: string };
    if (session['mode'] === 'setup') money.giveCard(session);
    else money.paySession(session, method === 'delayed' ? 'delayed' : 'card');
    res.redirect(303, String(session['success_url']));
  });
  pages.get('/receipts/:id', (req, res) => {
    res.type('html').send(`<!doctype html><title>Receipt</title><h1>Receipt ${escape(req.params.id)}</h1>`);
  });
  return pages;
}

function checkoutPage(session: StripeObject): string {
  const setup = session['mode'] === 'setup';
  const lines = setup
    ? ''
    : `<ul>${linesOf(session)}</ul><p>Total: <b>$${cents(session['amount_total'])}</b></p>`;
  const delayed = setup ? '' : '<button name="method" value="delayed">Pay later</button>';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<title>Checkout</title>
<main>
  <h1>${setup ? 'Save a card' : 'Checkout'}</h1>
  ${lines}
  <form method="post" action="/checkout/${escape(session.id)}/pay">
    <button name="method" value="card">${setup ? 'Save card' : 'Pay'}</button>
    ${delayed}
  </form>
  <p><a href="${escape(String(session['cancel_url']))}">Back</a></p>
</main>
</html>`;
}

interface Line {
  readonly price_data: { readonly unit_amount: string; readonly product_data: { readonly name: string } };
}

function linesOf(session: StripeObject): string {
  const lines = Object.values(session['line_items'] as Record<string, Line>);
  return lines
    .map(
      ({ price_data: price }) => `<li>${escape(price.product_data.name)}: $${cents(price.unit_amount)}</li>`,
    )
    .join('');
}

function cents(amount: unknown): string {
  return (Number(amount) / 100).toFixed(2);
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
