import { Agent } from 'node:http';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { readCandidateArguments } from '../harness/arguments.ts';
import { exitWithParent } from '../harness/parent.ts';

/*
 * Express with http-proxy-middleware and nothing else. It is given a keep-alive agent: without one it opens a connection
 * for each request, and that would be all one measured.
 */

const { port, upstream } = readCandidateArguments();
const agent = new Agent({ keepAlive: true, maxFreeSockets: 1024, scheduling: 'lifo' });
const app = express();
app.disable('x-powered-by');
app.use(createProxyMiddleware({ target: upstream, agent }));
app.listen(port, '127.0.0.1');
exitWithParent();
