import express, { type Express } from 'express';

/** A server as it may stand already: a parser for every body, routes, and an error page of its own. */
export function existingServer(app: Express): void {
  app.use(express.json());
  app.get('/', (_req, res) => {
    res.send('The shop is open.');
  });
  app.post('/orders', (req, res) => {
    const { item } = req.body as { item?: string };
    res.status(201).json({ ordered: item });
  });
}
