import { strokeText, strokeWidth } from './stroke-font.ts';

/** Pixels from the left and from the top. */
export type Point = readonly [x: number, y: number];

export interface Style {
  readonly stroke?: string;
  /** Pixels. */
  readonly width?: number;
  readonly fill?: string;
  /** SVG dash pattern. */
  readonly dash?: string;
  readonly opacity?: number;
}

export interface TextStyle {
  /** Height of a capital letter in pixels. */
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly colour?: string;
  /** Stroke width in pixels. */
  readonly weight?: number;
  /** Degrees, clockwise. */
  readonly rotate?: number;
  /** Paints a box of this colour behind the letters, so that lines do not cross them. */
  readonly halo?: string;
}

/** Rounded, so that the last bits of a sine never reach the picture. */
const number = (value: number): string => String(Math.round(value * 100) / 100);
const pair = ([x, y]: Point): string => `${number(x)},${number(y)}`;

const ink = '#1f2430';

/** A picture being drawn: shapes are kept in order and come out as one SVG document. */
export class Sheet {
  readonly width: number;
  readonly height: number;
  readonly #parts: string[] = [];

  /** @param background - a colour, or `none` for a transparent picture */
  constructor(width: number, height: number, background = '#ffffff') {
    this.width = width;
    this.height = height;
    if (background !== 'none') this.#parts.push(`<rect width="${width}" height="${height}" fill="${background}"/>`);
  }

  path(data: string, style: Style = {}): this {
    const { stroke = ink, width = 1.6, fill = 'none', dash, opacity } = style;
    const extra = `${dash === undefined ? '' : ` stroke-dasharray="${dash}"`}${opacity === undefined ? '' : ` opacity="${opacity}"`}`;
    this.#parts.push(`<path d="${data}" stroke="${stroke}" stroke-width="${width}" fill="${fill}"${extra}/>`);
    return this;
  }

  line(from: Point, to: Point, style?: Style): this {
    return this.path(`M${pair(from)}L${pair(to)}`, style);
  }

  polyline(points: readonly Point[], style?: Style): this {
    return this.path(`M${points.map(pair).join('L')}`, style);
  }

  polygon(points: readonly Point[], style?: Style): this {
    return this.path(`M${points.map(pair).join('L')}Z`, style);
  }

  rectangle([x, y]: Point, width: number, height: number, style?: Style): this {
    return this.polygon(
      [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ],
      style,
    );
  }

  ellipse([x, y]: Point, radiusX: number, radiusY: number, style?: Style): this {
    const radii = `${number(radiusX)} ${number(radiusY)} 0 1 0`;
    return this.path(
      `M${pair([x - radiusX, y])}A${radii} ${pair([x + radiusX, y])}A${radii} ${pair([x - radiusX, y])}Z`,
      style,
    );
  }

  circle(centre: Point, radius: number, style?: Style): this {
    return this.ellipse(centre, radius, radius, style);
  }

  dot(centre: Point, radius = 3.2, colour = ink): this {
    return this.circle(centre, radius, { fill: colour, stroke: colour, width: 0.5 });
  }

  /** Arc around a centre, from one angle to a larger one; degrees, counter-clockwise from the right as in a textbook. */
  arc(centre: Point, radius: number, from: number, to: number, style?: Style): this {
    const large = to - from > 180 ? 1 : 0;
    return this.path(
      `M${pair(polar(centre, radius, from))}A${number(radius)} ${number(radius)} 0 ${large} 0 ${pair(polar(centre, radius, to))}`,
      style,
    );
  }

  /** Slice of a disc, angles as for `arc`. */
  sector(centre: Point, radius: number, from: number, to: number, style?: Style): this {
    const large = to - from > 180 ? 1 : 0;
    const rim = `A${number(radius)} ${number(radius)} 0 ${large} 0 ${pair(polar(centre, radius, to))}`;
    return this.path(`M${pair(centre)}L${pair(polar(centre, radius, from))}${rim}Z`, style);
  }

  arrow(from: Point, to: Point, style: Style = {}): this {
    const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const barb = (turn: number): Point => [to[0] - 9 * Math.cos(angle + turn), to[1] - 9 * Math.sin(angle + turn)];
    const colour = style.stroke ?? ink;
    return this.line(from, to, style).polygon([to, barb(0.38), barb(-0.38)], {
      fill: colour,
      stroke: colour,
      width: 1,
    });
  }

  /** One line of text; `at` is its anchor at half the height of a capital. */
  text([x, y]: Point, text: string, style: TextStyle = {}): this {
    const { size = 11, anchor = 'middle', colour = ink, weight = Math.max(1.3, size / 8), rotate, halo } = style;
    const scale = size / 10;
    const width = strokeWidth(text) * scale;
    const shift = { start: 0, middle: -width / 2, end: -width }[anchor];
    const turn = rotate === undefined ? '' : ` rotate(${rotate})`;
    if (halo !== undefined) {
      this.rectangle([x + shift - 3, y - size / 2 - 3], width + 6, size + 6, { fill: halo, stroke: halo, width: 0 });
    }
    const place = `translate(${number(x)} ${number(y)})${turn} translate(${number(shift)} ${number(-size / 2)}) scale(${number(scale)})`;
    this.#parts.push(
      `<g transform="${place}" stroke="${colour}" stroke-width="${number(weight / scale)}" fill="none">${strokeText(text)}</g>`,
    );
    return this;
  }

  /** Puts another sheet, background and all, with its top left corner at a point. */
  place(other: Sheet, [x, y]: Point): this {
    this.#parts.push(`<g transform="translate(${number(x)} ${number(y)})">${other.#parts.join('')}</g>`);
    return this;
  }

  svg(): string {
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}" stroke-linecap="round" stroke-linejoin="round">`;
    return `${head}${this.#parts.join('')}</svg>`;
  }
}

/** Width of a line of text in pixels for a capital height of `size`. */
export function textWidth(text: string, size = 11): number {
  return (strokeWidth(text) * size) / 10;
}

/** The point at a distance and a direction; degrees counter-clockwise from the right. */
export function polar([x, y]: Point, radius: number, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return [x + radius * Math.cos(angle), y - radius * Math.sin(angle)];
}
