import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { connectionOf } from '#history/postgres/connection.ts';

/** How a connection to that URL would be encrypted; nothing is opened. */
const encryptionOf = (settings: string): unknown =>
  (
    new Client(connectionOf(`postgres://user:secret@db.example.com/inventory${settings}`)) as unknown as {
      ssl: unknown;
    }
  ).ssl;

it('a connection is encrypted as the sslmode of its URL means it to PostgreSQL’s own programs, without a warning', () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  expect(encryptionOf('')).toBe(false);
  expect(encryptionOf('?sslmode=disable')).toBe(false);
  expect(encryptionOf('?sslmode=require')).toEqual({ rejectUnauthorized: false });
  expect(encryptionOf('?sslmode=verify-full')).toEqual({});
  expect(() => encryptionOf('?sslmode=verify-ca')).toThrow('sslrootcert');
  expect(warnings).toEqual([]);
});

it('a URL keeps its own settings beside those of the history', () => {
  const url = 'postgres://user:secret@db.example.com:6543/inventory?application_name=mine';
  expect(new Client(connectionOf(url))).toMatchObject({ host: 'db.example.com', port: 6543, database: 'inventory' });
});
