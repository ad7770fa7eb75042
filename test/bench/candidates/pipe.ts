import { Agent, createServer, request } from 'node:http';
import { readCandidateArguments } from '../harness/arguments.ts';
import { exitWithParent } from '../harness/parent.ts';

/*
 * The yardstick: pipes both ways over keep-alive sockets and looks at nothing.
 */

const { port, upstream } = readCandidateArguments();
const to = new URL(upstream);
const agent = new Agent({ keepAlive: true, maxFreeSockets: 1024, scheduling: 'lifo' });

createServer((req, res) => {
  const call = request(
    { hostname: to.hostname, port: to.port, agent, method: req.method, path: req.url, headers: req.headers },
    (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    },
  );
  call.on('error', () => {
    if (!res.headersSent) res.writeHead(502);
    res.end();
  });
  res.on('close', () => {
    if (!res.writableFinished) call.destroy();
  });
  req.pipe(call);
}).listen({ port, host: '127.0.0.1', backlog: 4096 });
exitWithParent();
