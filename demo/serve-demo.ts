import { setTimeout as delay } from 'node:timers/promises';
import { type CallLog, createCallLog } from './calls.ts';
import { deliverFault, type FaultWording } from './fault-delivery.ts';
import { createFaults, type Faults } from './faults.ts';
import { type DemoAnswer, type DemoListener, type DemoRequest, listen, send } from './http.ts';

export interface ServeDemoOptions {
  readonly port: number;
  readonly host: string;
  readonly clock: () => number;
  /** Before anything is answered. */
  readonly latencyMs: number | ((request: DemoRequest) => number);
  readonly wording: FaultWording;
  /** Path with ids replaced, for the call log. */
  readonly endpointOf: (request: DemoRequest) => string;
  readonly answer: (request: DemoRequest) => DemoAnswer;
}

export interface ServedDemo extends DemoListener, Omit<CallLog, 'record'> {
  readonly faults: Faults;
}

/** The life of an exchange, the same in both demo servers: logged, delayed, spoilt or answered. */
export async function serveDemo(options: ServeDemoOptions): Promise<ServedDemo> {
  const log = createCallLog();
  const faults = createFaults();
  const listener = await listen({
    port: options.port,
    host: options.host,
    async exchange(request, response) {
      const call = log.record(request, options.endpointOf(request), options.clock());
      const wait = typeof options.latencyMs === 'number' ? options.latencyMs : options.latencyMs(request);
      if (wait > 0) await delay(wait);
      const fault = faults.take(request);
      if (fault !== undefined) {
        call.status = await deliverFault(fault, request, response, options.wording, () => options.answer(request));
        return;
      }
      const answer = options.answer(request);
      call.status = answer.status;
      send(request, response, answer);
    },
  });
  return { ...listener, calls: log.calls, countOf: log.countOf, resetCalls: log.resetCalls, faults };
}
