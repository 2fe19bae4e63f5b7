import { type RefObject, useEffect, useState } from 'react';
import { type Palette, readPalette } from './palette.ts';

/** The colours of the theme of the moment; null before the element is there. What is drawn on a canvas has to be drawn anew with others. */
export const usePalette = (element: RefObject<HTMLElement | null>): Palette | null => {
  const [palette, setPalette] = useState<Palette | null>(null);
  useEffect(() => {
    const update = (): void => {
      if (element.current) setPalette(readPalette(element.current));
    };
    const query = matchMedia('(prefers-color-scheme: dark)');
    const observer = new MutationObserver(update);
    query.addEventListener('change', update);
    observer.observe(document.documentElement, { attributes: true });
    update();
    return () => {
      query.removeEventListener('change', update);
      observer.disconnect();
    };
  }, [element]);
  return palette;
};
