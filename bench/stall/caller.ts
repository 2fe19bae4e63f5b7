import { parentPort, workerData } from 'node:worker_threads';

/** Sends questions at a steady rate, whether or not earlier ones are answered, and tells how long each took. */
const { url, questions, perSecond } = workerData as {
  readonly url: string;
  readonly questions: readonly { readonly query: string; readonly variables: object }[];
  readonly perSecond: number;
};

let times: number[] = [];
let failed = 0;
let sent = 0;
const ask = async (): Promise<void> => {
  const question = questions[sent % questions.length];
  sent += 1;
  const startedAt = performance.now();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
    });
    const { errors } = (await response.json()) as { readonly errors?: readonly unknown[] };
    if (errors) failed += 1;
  } catch {
    failed += 1;
  }
  times.push(performance.now() - startedAt);
};

const startedAt = performance.now();
let due = 0;
const timer = setInterval(() => {
  const wanted = ((performance.now() - startedAt) / 1000) * perSecond;
  for (; due < wanted; due += 1) void ask();
}, 2);

parentPort?.on('message', (message: 'TELL' | 'END') => {
  if (message === 'END') {
    clearInterval(timer);
    parentPort?.close();
    return;
  }
  parentPort?.postMessage({ times, failed });
  times = [];
  failed = 0;
});
