import type { Choice, Terminal } from './surroundings.ts';
import { printable } from './words/printable.ts';

/** The same terminal, which shows only what is to be read: see `printable`. */
export function printableTerminal(terminal: Terminal): Terminal {
  return {
    interactive: terminal.interactive,
    print: (text) => {
      terminal.print(printable(text));
    },
    note: (text) => {
      terminal.note(printable(text));
    },
    confirm: (question, proposed) => terminal.confirm(printable(question), proposed),
    secret: (question) => terminal.secret(printable(question)),
    choose: (question, choices) => terminal.choose(printable(question), choices.map(printableChoice)),
    chooseMany: (question, choices) => terminal.chooseMany(printable(question), choices.map(printableChoice)),
    text: (question, placeholder) => terminal.text(printable(question), placeholder),
  };
}

function printableChoice<T extends Choice<string>>(choice: T): T {
  const { label, hint } = choice;
  return { ...choice, label: printable(label), ...(hint === undefined ? {} : { hint: printable(hint) }) };
}
