import { PROBLEM_MEDIA_TYPE, PROBLEMS, writeProblem, type Problem, type ProblemCode } from '@endymail/shared/mesh-api';
import type { FastifyReply } from 'fastify';

/** Sends a problem document, and notes its code for the journal. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  sent.set(reply, problem.code);
  return reply
    .code(PROBLEMS[problem.code].status)
    .headers(problemHeaders(problem))
    .send(Buffer.from(writeProblem(problem)));
}

const sent = new WeakMap<FastifyReply, ProblemCode>();

/** The code of the problem that was sent; null: none was. */
export const problemSent = (reply: FastifyReply): ProblemCode | null => sent.get(reply) ?? null;

/** A whole HTTP answer with a problem, for a connection on which there is no request that could be answered. */
export function rawProblem(problem: Problem): Buffer {
  const body = writeProblem(problem);
  const headers = { ...problemHeaders(problem), 'content-length': String(body.length), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${PROBLEMS[problem.code].status} .\r\n${lines.join('')}\r\n`), body]);
}

function problemHeaders({ retryAfterSeconds }: Problem): Readonly<Record<string, string>> {
  return {
    'content-type': PROBLEM_MEDIA_TYPE,
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  };
}
