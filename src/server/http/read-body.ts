import type { IncomingMessage } from 'node:http';

/** @returns null when it is longer than `maxBytes`; what is left of it is not read. */
export const readBody = async (request: IncomingMessage, maxBytes: number): Promise<string | null> =>
  (await readBytes(request, maxBytes))?.toString() ?? null;

/** As {@link readBody}. */
export const readBytes = (request: IncomingMessage, maxBytes: number): Promise<Buffer | null> =>
  new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return resolve(null);
    const pieces: Buffer[] = [];
    let bytes = 0;
    request.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= maxBytes) return void pieces.push(piece);
      request.pause();
      resolve(null);
    });
    request.on('end', () => resolve(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)));
    request.on('error', reject);
  });
