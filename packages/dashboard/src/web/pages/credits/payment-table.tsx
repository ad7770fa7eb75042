import { Anchor, Table, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Payment, Payments, PaymentStatus } from '../../api/payments.ts';
import { Money } from '../../components/money.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { Timestamp } from '../../components/timestamp.tsx';
import { compareUsd } from '../../lib/amounts.ts';
import { PagedRows } from './paged-rows.tsx';
import { RefundButton } from './refund-button.tsx';

const STATUSES: Readonly<Record<PaymentStatus, readonly [label: string, tone: string]>> = {
  pending: ['Pending', 'quiet'],
  paid: ['Paid', 'good'],
  failed: ['Failed', 'bad'],
  refunded: ['Refunded', 'quiet'],
  partially_refunded: ['Partly refunded', 'warn'],
  disputed: ['Disputed', 'bad'],
};

/** What was paid. */
export function PaymentTable({ payments }: { readonly payments: Payments }): ReactElement {
  return (
    <section className="or-credits-part" aria-labelledby="payments-title">
      <Title order={2} id="payments-title">
        Payments
      </Title>
      <PagedRows
        pages={payments}
        errorTitle="The payments could not be loaded"
        empty="Nothing was bought yet."
      >
        {(all) => (
          <TableFrame label="What was paid">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Day</Table.Th>
                <Table.Th scope="col">Status</Table.Th>
                <Table.Th scope="col" className="or-right">
                  Credits
                </Table.Th>
                <Table.Th scope="col" className="or-right">
                  Paid
                </Table.Th>
                <Table.Th scope="col">
                  <span className="or-hidden">Receipt and refund</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {all.map((payment) => (
                <Row key={payment.id} payment={payment} />
              ))}
            </Table.Tbody>
          </TableFrame>
        )}
      </PagedRows>
    </section>
  );
}

function Row({ payment }: { readonly payment: Payment }): ReactElement {
  const [label, tone] = STATUSES[payment.status];
  return (
    <Table.Tr>
      <Table.Th scope="row" className="or-nowrap">
        <Timestamp at={payment.created_at} />
        {payment.source === 'auto_top_up' && <span className="or-note">automatic</span>}
      </Table.Th>
      <Table.Td className="or-nowrap">
        <span className="or-pay-status" data-tone={tone}>
          {label}
        </span>
        {compareUsd(payment.refunded_usd, '0') > 0 && (
          <span className="or-note">
            <Money value={payment.refunded_usd} /> given back
          </span>
        )}
      </Table.Td>
      <Table.Td className="or-right">
        <Money value={payment.amount_usd} />
      </Table.Td>
      <Table.Td className="or-right">
        <Money value={payment.total_usd} />
        <span className="or-note or-nowrap">
          fee <Money value={payment.fee_usd} />
        </span>
      </Table.Td>
      <Table.Td>
        <div className="or-pay-acts">
          {payment.receipt_url !== null && isWebAddress(payment.receipt_url) && (
            <Anchor href={payment.receipt_url} target="_blank" rel="noreferrer" size="sm">
              Receipt
            </Anchor>
          )}
          {compareUsd(payment.refundable_usd, '0') > 0 && <RefundButton payment={payment} />}
        </div>
      </Table.Td>
    </Table.Tr>
  );
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//.test(url);
}
