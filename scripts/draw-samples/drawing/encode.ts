import sharp, { type Sharp } from 'sharp';
import type { Sheet } from './sheet.ts';

export interface EncodedImage {
  readonly bytes: Buffer;
  /** Pixels as stored, before any EXIF rotation. */
  readonly width: number;
  readonly height: number;
}

export type ImageForm =
  | { readonly kind: 'png'; readonly colours?: number }
  | { readonly kind: 'png-rgb' }
  /** Keeps the sheet's transparency. */
  | { readonly kind: 'png-alpha' }
  | { readonly kind: 'jpeg'; readonly quality?: number; readonly grey?: boolean; readonly sideways?: boolean };

/** Encodes with fixed settings: the same sheet gives the same bytes on one machine. */
export async function encode(sheet: Sheet, form: ImageForm): Promise<EncodedImage> {
  const drawn = sharp(Buffer.from(sheet.svg()), { density: 72 });
  const { data, info } = await inForm(drawn, form).toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

function inForm(drawn: Sharp, form: ImageForm): Sharp {
  if (form.kind === 'png-alpha') return drawn.png({ compressionLevel: 9, palette: false });
  const opaque = drawn.flatten({ background: '#ffffff' });
  switch (form.kind) {
    case 'png':
      return opaque.png({ compressionLevel: 9, palette: true, colours: form.colours ?? 32, dither: 0, effort: 7 });
    case 'png-rgb':
      return opaque.png({ compressionLevel: 9, palette: false });
    case 'jpeg': {
      const toned = form.grey === true ? opaque.greyscale() : opaque;
      // Stored a quarter turn off, with the EXIF tag that tells a viewer to turn it back.
      const turned = form.sideways === true ? toned.rotate(270).withMetadata({ orientation: 6 }) : toned;
      return turned.jpeg({
        quality: form.quality ?? 80,
        chromaSubsampling: '4:4:4',
        progressive: false,
        mozjpeg: false,
      });
    }
  }
}
