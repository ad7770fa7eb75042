import type { Ticket, TicketPurpose, TicketStore } from './ticket-store.ts';

/** Tickets in this process's memory: for tests, and for servers that are one process. */
export function memoryTickets(now: () => number = Date.now): TicketStore {
  const tickets = new Map<string, Ticket>();
  return {
    async put(ticket) {
      const at = now();
      for (const [name, { expiresAt }] of tickets) if (expiresAt <= at) tickets.delete(name);
      tickets.set(nameOf(ticket.purpose, ticket.hash), ticket);
    },
    async take(purpose, hash) {
      const name = nameOf(purpose, hash);
      const ticket = tickets.get(name);
      tickets.delete(name);
      return ticket;
    },
  };
}

function nameOf(purpose: TicketPurpose, hash: string): string {
  return `${purpose} ${hash}`;
}
