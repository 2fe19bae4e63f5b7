import type { Picture } from '../../picture/picture.ts';
import { wordsOf } from '../../text/amounts.ts';
import { SIGNS } from './differences-picture.ts';

const SHAPES = {
  resource: 'cloud resource',
  host: 'host on a network',
  service: 'service of a host',
  outside: 'in no inventory',
} as const;

/** Explains what this picture uses, and nothing else. */
export const Legend = ({ picture: { vertices } }: { readonly picture: Picture }) => {
  const shapes = new Set(vertices.map(({ shape }) => shape));
  const tones = new Set(vertices.flatMap(({ tone }) => tone?.word ?? []));
  return (
    <ul className="legend" aria-label="Legend">
      {entriesOf(SHAPES).map(([shape, name]) => shapes.has(shape) && <Entry key={shape} look={shape} name={name} />)}
      {vertices.some(({ hasMore }) => hasMore) && (
        <Entry look="resource more" name="has more relations than shown: a double click expands it" />
      )}
      {TONES.map(
        (tone) => tones.has(tone) && <Entry key={tone} look={`ring ${tone.toLowerCase()}`} name={nameOf(tone)} />,
      )}
    </ul>
  );
};

const TONES = [
  'CRITICAL',
  'HIGH',
  'MEDIUM',
  'LOW',
  'TRIVIAL',
  'UNKNOWN',
  'BREAKS',
  'DEGRADES',
  'ORPHANS',
  'BLINDS',
  'APPEARED',
  'GONE',
  'CHANGED',
  'UNSURE',
] as const;

/** As the labels in the picture have it: a sign tells what a colour alone must not. */
const nameOf = (tone: (typeof TONES)[number]): string =>
  tone in SIGNS ? `${SIGNS[tone as keyof typeof SIGNS]} ${wordsOf(tone)}` : wordsOf(tone);

const entriesOf = <Key extends string>(record: Readonly<Record<Key, string>>) =>
  Object.entries(record) as [Key, string][];

const Entry = ({ look, name }: { readonly look: string; readonly name: string }) => (
  <li>
    <span className={`sign ${look}`} aria-hidden="true" />
    {name}
  </li>
);
