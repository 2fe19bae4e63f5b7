import { describe, expect, it } from 'vitest';
import { bundledPackages, installedPackages, type ShippedPackage } from '../../support/shipped-packages.ts';

/** They allow what this project does: to use, bundle and distribute, with their text. A further one is a decision of its own. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'EPL-2.0', 'ISC', 'MIT'];

const isAllowed = (expression: string): boolean =>
  expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => ALLOWED.includes(licence)));
const refused = (packages: readonly ShippedPackage[]): string[] =>
  packages.filter(({ license }) => !isAllowed(license ?? '')).map(({ name, license }) => `${name}: ${license}`);

describe('licences', () => {
  it('of everything that an installation brings along are among the allowed ones', () => {
    expect(installedPackages().length).toBeGreaterThan(50);
    expect(refused(installedPackages())).toEqual([]);
  });

  it('of everything that is bundled into the explorer are allowed, and their texts come along', () => {
    const bundled = bundledPackages();
    expect(bundled.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['react', 'elkjs', 'graphology-layout-forceatlas2']),
    );
    expect(refused(bundled)).toEqual([]);
    expect(bundled.filter(({ text }) => !text).map(({ name }) => name)).toEqual([]);
  });

  it('are refused where they are unknown or ask for more', () => {
    const licences = ['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'UNLICENSED', ''];
    expect(licences.filter(isAllowed)).toEqual([]);
    expect(['MIT OR GPL-3.0-only', '(MIT AND ISC)'].filter(isAllowed)).toHaveLength(2);
  });
});
