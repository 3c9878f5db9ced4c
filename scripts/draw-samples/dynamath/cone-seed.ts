import { agreed } from '../agreed.ts';
import { Sheet } from '../drawing/sheet.ts';
import { drawCone } from '../figures/solids.ts';
import type { DynamathSeed } from './dynamath-seed.ts';

/** Volume of a cone, to four decimals. */
export const coneVolume: DynamathSeed = {
  answerType: 'float',
  subject: 'solid geometry',
  level: 'high school',
  form: { kind: 'png' },
  variant(random) {
    const [radius, height] = [random.between(2, 7), random.between(5, 12)];
    const sheet = new Sheet(300, 300);
    const [wide, high] = [40 + radius * 7, 60 + height * 11];
    drawCone(sheet, [140, 250], wide, high, '#fbeedd');
    sheet
      .line([140, 250], [140, 250 - high], { dash: '5 4', width: 1.3 })
      .line([140, 250], [140 + wide, 250], { width: 1.5 });
    sheet
      .text([140 + wide / 2, 239], String(radius), { size: 10.5, halo: '#fbeedd' })
      .text([126, 250 - high * 0.4], String(height), { size: 10.5 });
    return {
      question: 'The picture shows the radius and the height of a right circular cone. What is the volume of the cone?',
      answer: agreed(
        'cone',
        fourDecimals((Math.PI * radius ** 2 * height) / 3),
        fourDecimals(stackedDiscs(radius, height)),
      ),
      sheet,
    };
  },
};

/** The volume as a stack of thin discs, by Simpson's rule, which is exact for a cone. */
function stackedDiscs(radius: number, height: number): number {
  const slice = (share: number): number => Math.PI * (radius * (1 - share)) ** 2;
  return (height / 6) * (slice(0) + 4 * slice(0.5) + slice(1));
}

function fourDecimals(value: number): string {
  return String(Math.round(value * 10000) / 10000);
}
