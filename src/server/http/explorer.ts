import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { explorerFile } from '../documents/explorer-files.ts';
import { accepts } from './compression.ts';
import { refuse } from './respond.ts';

const unzip = promisify(gunzip);

/** Scripts, styles and data of the gateway itself only. Pictures may be drawn in the page, to be saved from there. */
const EXPLORER_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The name of a built file contains a hash of its content. */
const BUILT_FILE = /^assets\/[\w.-]+\.(?:css|js|svg)$/;

/** Answers a path below `/explore`: a built file, or the page, which finds out by itself which view the path means. */
export const answerExplorer = async (
  path: string,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return refuse(response, 405, 'BAD_USER_INPUT', `Expected GET or HEAD, got ${method}.`);
  }
  const name = path.slice('/explore/'.length);
  const isBuilt = BUILT_FILE.test(name);
  if (name.startsWith('assets/') && !isBuilt) return refuse(response, 404, 'BAD_USER_INPUT', 'There is no such file.');
  const file = isBuilt ? name : 'index.html';
  // Built files are kept compressed: they are most of the package.
  const content = await readFile(explorerFile(isBuilt ? `${name}.gz` : file)).catch(() => null);
  if (content === null)
    return refuse(
      response,
      404,
      'BAD_USER_INPUT',
      isBuilt ? 'There is no such file.' : 'Expected the built explorer; run "npm run build:explorer".',
    );
  const staysCompressed = isBuilt && accepts('gzip', headers['accept-encoding']);
  response
    .writeHead(200, {
      'content-type': TYPES[extname(file)],
      'content-security-policy': EXPLORER_CSP,
      'cache-control': isBuilt ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(isBuilt && { vary: 'accept-encoding' }),
      ...(staysCompressed && { 'content-encoding': 'gzip' }),
    })
    .end(isBuilt && !staysCompressed ? await unzip(content) : content);
};
