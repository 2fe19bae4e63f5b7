import { parentPort } from 'node:worker_threads';
import { Derivation } from './derivation.ts';
import { buffersOf, type DerivationMessage } from './messages.ts';

const derivation = new Derivation();

parentPort?.on('message', (message: DerivationMessage) => {
  const answer = derivation.take(message);
  if (answer) parentPort?.postMessage(answer, [...new Set(buffersOf(answer))]);
});
