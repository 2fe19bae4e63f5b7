import { type Selecting, selectedNames } from '../selected-fields.ts';

/**
 * Whether nothing but these fields is asked of a field's object, of that type where it is known: then a record known by name only
 * need not be fetched.
 */
export const selectsOnly = (selecting: Selecting, names: ReadonlySet<string>, type?: string): boolean =>
  [...selectedNames(selecting, type)].every((name) => names.has(name));
