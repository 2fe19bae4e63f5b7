import { useEffect, useState } from 'react';
import { type Palette, readPalette } from './palette.ts';

/** The colours of the theme of the moment. What is drawn on a canvas has to be drawn anew with others. */
export const usePalette = (): Palette => {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const update = (): void => setPalette(readPalette());
    const query = matchMedia('(prefers-color-scheme: dark)');
    query.addEventListener('change', update);
    return () => query.removeEventListener('change', update);
  }, []);
  return palette;
};
