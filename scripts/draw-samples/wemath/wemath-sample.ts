import { encode } from '../drawing/encode.ts';
import type { SampleFiles } from '../sample-files.ts';
import { publishedJson } from '../sample-files.ts';
import { at } from '../seeded-random.ts';
import type { Composite, Step } from './composite.ts';
import { describeConcepts } from './concepts.ts';
import { measureComposites } from './measure-composites.ts';
import { positionComposites } from './position-composites.ts';
import { threeStepComposites } from './three-step-composites.ts';

/** A row before it has its number in the file. */
interface Place {
  readonly step: Step;
  readonly id: string;
  readonly key: string;
  readonly image: string;
}

/** `testmini.json` and the pictures in `2steps/image` and `3steps/image`. */
export async function wemathSample(): Promise<SampleFiles> {
  const places = [
    ...placesOf([...measureComposites, ...positionComposites], '2steps', 2),
    ...placesOf(threeStepComposites, '3steps', 3),
  ];
  const files: SampleFiles = new Map();
  files.set('testmini.json', publishedJson(places.map((place, index) => rowOf(place, index + 1))));
  for (const { step, image } of places) files.set(image, (await encode(step.sheet, step.form)).bytes);
  return files;
}

/** All first steps, then all second ones, …, and the composites last, as in the published file. */
function placesOf(composites: readonly Composite[], family: string, steps: number): Place[] {
  const kinds = [...Array.from({ length: steps }, (_, index) => String(index + 1)), 'multi'];
  return kinds.flatMap((kind, which) =>
    composites.map((composite, index) => ({
      step: kind === 'multi' ? composite.multi : at(composite.steps, which),
      id: `${family}_${index + 1}`,
      key: `${family}_${kind}`,
      image: `${family}/image/${index + 1}-${kind}.png`,
    })),
  );
}

function rowOf({ step, id, key, image }: Place, number: number): object {
  return {
    ID: id,
    split: 'testmini',
    'knowledge concept': step.concepts.join(';'),
    question: step.question,
    option: step.option,
    answer: step.answer,
    image_path: image,
    key,
    'question number': number,
    'knowledge concept description': describeConcepts(step.concepts),
  };
}
