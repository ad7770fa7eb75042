import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readCandidateArguments } from '../harness/arguments.ts';
import { exitWithParent } from '../harness/parent.ts';
import { CONTENT_FRAME, LAST_FRAME, WHOLE_ANSWER } from './answers.ts';
import { streamPlan, type StreamPlan } from './models.ts';

/** As much of a body as is looked at for the model's name. */
const HEAD_BYTES = 4096;

let calls = 0;

/** An OpenAI-style provider that costs as little as it can. `GET` answers how many calls it has had. */
function answer(req: IncomingMessage, res: ServerResponse): void {
  if (req.method === 'GET') {
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ calls }));
    return;
  }
  const parts: Buffer[] = [];
  req.on('data', (part: Buffer) => parts.push(part));
  req.on('end', () => {
    calls++;
    const [first] = parts;
    answerTo(parts.length === 1 && first ? first : Buffer.concat(parts), res);
  });
}

function answerTo(body: Buffer, res: ServerResponse): void {
  if (body.includes('"stream":true')) {
    stream(res, streamPlan(body.toString('latin1', 0, HEAD_BYTES)));
    return;
  }
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': WHOLE_ANSWER.length });
  res.end(WHOLE_ANSWER);
}

/** Sends by the clock: when a timer is late, what has come due is sent, one write for each chunk. */
function stream(res: ServerResponse, { paceMs, chunks }: StreamPlan): void {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' });
  res.flushHeaders();
  const socket = res.socket;
  const startedAt = performance.now();
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  const end = (): void => {
    over = true;
    clearInterval(timer);
  };
  const next = (): void => {
    if (over) return;
    if (sent++ < chunks) {
      socket?.write(CONTENT_FRAME);
      return;
    }
    socket?.write(LAST_FRAME);
    end();
    res.end();
  };
  const nextTurn = (): void => {
    if (over) return;
    next();
    setImmediate(nextTurn);
  };
  const allDue = (): void => {
    const due = Math.floor((performance.now() - startedAt) / paceMs) + 1;
    for (let left = due - sent; left > 0; left--) next();
  };
  res.on('close', end);
  if (paceMs === 0) nextTurn();
  else {
    next();
    timer = setInterval(allDue, paceMs);
  }
}

const { port } = readCandidateArguments();
const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0, headersTimeout: 0 }, answer);
server.on('connection', (socket) => socket.setNoDelay(true));
server.listen({ port, host: '127.0.0.1', backlog: 4096 });
exitWithParent();
