import type { SvgPicture } from './svg.ts';

/** Browsers refuse canvases beyond this. */
const LONGEST_SIDE = 8000;

/** Hands a file to the browser's downloads. */
export const saveFile = (name: string, content: Blob): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download has its own hold on the content once the click is through.
  setTimeout(() => URL.revokeObjectURL(link.href));
};

/** Paints the picture twice as fine as it is, where that is allowed. */
export const pngOf = async ({ text, width, height }: SvgPicture): Promise<Blob> => {
  const scale = Math.min(2, LONGEST_SIDE / Math.max(width, height));
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  await image.decode();
  URL.revokeObjectURL(image.src);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((png) => (png ? resolve(png) : reject(new Error('Expected a picture, got none.')))),
  );
};
