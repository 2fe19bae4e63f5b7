import { expect, it } from 'vitest';
import type { DiscoverySessionModel } from '#entities/discovery/model.ts';
import { SessionChanges } from '#subscriptions/session-changes.ts';

const session = (id: string, phase: string, progress = 0): DiscoverySessionModel => ({
  source: 'site',
  id,
  networkId: 'n',
  daemonId: 'd',
  discoveryId: null,
  phase,
  progress,
  startedAt: null,
  finishedAt: phase === 'Complete' ? '2026-01-01T00:00:00Z' : null,
  error: null,
  hostsDiscovered: null,
  estimatedRemainingSeconds: null,
});

const listening = () => {
  const told: string[] = [];
  const sessions = new SessionChanges(({ id, phase, progress }) => told.push(`${id} ${phase} ${progress}`));
  return { told, sessions };
};

it('emits nothing at the first comparison, and every change after it once', () => {
  const { told, sessions } = listening();
  sessions.compareWith([session('old', 'Complete', 100), session('a', 'Scanning', 10)]);
  expect(told).toEqual([]);
  sessions.notePushed(session('a', 'Scanning', 20));
  sessions.notePushed(session('a', 'Scanning', 20));
  sessions.compareWith([session('old', 'Complete', 100), session('a', 'Complete', 100)]);
  sessions.notePushed(session('a', 'Complete', 100));
  expect(told).toEqual(['a Scanning 20', 'a Complete 100']);
});

it('emits an end that was pushed while the first comparison was being read, although the comparison contains it, too', () => {
  const { told, sessions } = listening();
  sessions.compareWith([session('old', 'Complete', 100), session('a', 'Complete', 100)]);
  sessions.notePushed(session('a', 'Complete', 100));
  sessions.notePushed(session('a', 'Complete', 100));
  expect(told).toEqual(['a Complete 100']);
});

it('emits a session that started and ended during an outage, and nothing about a session after its end', () => {
  const { told, sessions } = listening();
  sessions.compareWith([]);
  sessions.compareWith([session('a', 'Complete', 100)]);
  sessions.notePushed(session('a', 'Scanning', 50));
  expect(told).toEqual(['a Complete 100']);
});

it('emits the end, and not the state before, when a session ends between the two answers it is read from', () => {
  const { told, sessions } = listening();
  sessions.compareWith([session('a', 'Scanning', 90)]);
  sessions.compareWith([session('a', 'Complete', 100), session('a', 'Scanning', 99)]);
  expect(told).toEqual(['a Complete 100']);
});

it('does not emit a state that a proxy delayed while a later one was read', () => {
  const { told, sessions } = listening();
  sessions.compareWith([session('a', 'Scanning', 10)]);
  sessions.compareWith([session('a', 'Scanning', 40)]);
  sessions.notePushed(session('a', 'Scanning', 20));
  sessions.notePushed(session('a', 'Scanning', 50));
  sessions.notePushed(session('a', 'Failed', 50));
  expect(told).toEqual(['a Scanning 40', 'a Scanning 50', 'a Failed 50']);
});
