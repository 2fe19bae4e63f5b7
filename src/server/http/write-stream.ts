import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Answer } from '../prepared/answer-prepared.ts';

export const copyHeaders = ({ headers }: Pick<Answer, 'headers'>, response: ServerResponse): void => {
  for (const [name, value] of headers) response.setHeader(name, value);
};

/** Events and parts go out as they come, and end when the client goes. */
export const writeStream = async (answer: Answer, response: ServerResponse): Promise<void> => {
  copyHeaders(answer, response);
  response.writeHead(answer.status);
  if (!answer.body) return void response.end();
  response.flushHeaders();
  await pipeline(answer.body as unknown as AsyncIterable<Uint8Array>, response).catch(() => response.destroy());
};
