/** The spine from T1 to L5, each fractured vertebra in its shape; pattern and words say what colour says. */
import type { Assessment, FractureAssessment } from '../../decision/assess.js';
import type { Outcome } from '../../decision/outcome.js';
import { capitalised } from '../../cards/wording.js';
import { textsIn } from '../../cards/texts/texts.js';
import { drawing, drawnSpine, type DrawnVertebra } from './spine-shapes.js';
import { inShort, nameOf } from './words.js';

const { outcomes } = textsIn('en');

export function Spine({ assessment: { fractures } }: { readonly assessment: Assessment }) {
  const vertebrae = drawnSpine(fractures.map(({ fracture }) => fracture));
  return (
    <figure class="spine">
      <svg
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        role="img"
        aria-label={`Spine from T1 to L5, front on the left. ${spoken(fractures)}`}
      >
        <defs>
          <pattern
            id="hatch"
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line x1="0" y1="0" x2="0" y2="6" class="hatch" />
          </pattern>
        </defs>
        {vertebrae.map((vertebra) => (
          <Vertebra
            key={vertebra.level}
            vertebra={vertebra}
            assessed={fractures.find(({ fracture }) => fracture === vertebra.fracture)}
          />
        ))}
      </svg>
      <figcaption>
        Front on the left. Drawn from the findings, not from images; a dashed outline means that shape or
        height loss is not known.
      </figcaption>
    </figure>
  );
}

function Vertebra({
  vertebra,
  assessed,
}: {
  readonly vertebra: DrawnVertebra;
  readonly assessed: FractureAssessment | undefined;
}) {
  const { level, outline, top, left, width, height, fracture } = vertebra;
  const middle = top + height / 2 + 4;
  if (fracture === undefined || assessed === undefined) {
    return (
      <g>
        <polygon points={outline} class="vertebra" />
        <text x={8} y={middle} class="level">
          {level}
        </text>
      </g>
    );
  }
  const { heightLossPercent, morphology } = fracture.findings;
  const isGuessed = heightLossPercent === undefined || morphology === undefined;
  return (
    <g>
      <rect x={left} y={top} width={width} height={height} class="before" />
      <polygon
        points={outline}
        class={`vertebra fractured ${lookOf(assessed.outcome)} ${isGuessed ? 'guessed' : ''}`}
      />
      <polygon points={outline} fill="url(#hatch)" />
      <text x={8} y={middle} class="level fractured">
        {level}
      </text>
      <text x={left + width + 14} y={middle} class="said">
        {inShort(fracture)}
      </text>
    </g>
  );
}

/** The look of an outcome; the words beside it say the same. */
export function lookOf(outcome: Outcome): 'cement' | 'danger' | 'wait' {
  switch (outcome) {
    case 'kyphoplasty':
    case 'vertebroplasty':
    case 'kyphoplasty-or-vertebroplasty':
      return 'cement';
    case 'surgical-referral':
    case 'defer':
      return 'danger';
    case 'medical-management':
    case 'specialist-review':
    case 'insufficient-data':
    case 'not-applicable':
      return 'wait';
    default:
      return outcome satisfies never;
  }
}

function spoken(fractures: readonly FractureAssessment[]): string {
  if (fractures.length === 0) return 'No fracture is recorded.';
  return fractures
    .map((one) => `${nameOf(one)}: ${inShort(one.fracture)}; ${capitalised(outcomes[one.outcome])}.`)
    .join(' ');
}
