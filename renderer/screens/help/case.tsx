import { useIsDark } from '../../state/use-is-dark.ts';
import { PICTURES, type PictureName } from './pictures.ts';

interface CaseProps {
  readonly picture: PictureName;
  readonly title: string;
  readonly text: string;
  readonly alt: string;
}

/** One thing that is seen in Thunderbird: the picture, and what it means. */
export function Case({ picture, title, text, alt }: CaseProps) {
  return (
    <li className="case">
      <img className="case__picture" src={PICTURES[picture][useIsDark() ? 'dark' : 'light']} alt={alt} />
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
    </li>
  );
}
