import { useIsDark } from '../../state/use-is-dark.ts';
import { HELP } from '../../text/help.ts';
import { pictureOf } from './pictures.ts';

interface CaseProps {
  readonly picture: string;
  readonly title: string;
  readonly text: string;
  readonly alt: string;
}

/** One thing that is seen in Thunderbird: the picture, and what it means. */
export function Case({ picture, title, text, alt }: CaseProps) {
  const url = pictureOf(picture, useIsDark());
  return (
    <li className="case">
      {url === null ? (
        <div className="case__none">{HELP.noPicture}</div>
      ) : (
        <img className="case__picture" src={url} alt={alt} />
      )}
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
    </li>
  );
}
