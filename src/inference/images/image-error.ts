/** `image_missing`: there is no such file. `image_unreadable`: there is one, but no picture can be made of it. */
export type ImageErrorCode = 'image_missing' | 'image_unreadable';

/** Why one image could not be prepared; its problem's failure record says so. Other problems go on. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly code: ImageErrorCode;

  constructor(code: ImageErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
