/** A question that is put into the window, over the page. */
export interface Question {
  readonly title: string;
  readonly detail: string;
  /** A line to fill in, with what stands there at first; null: there is none. */
  readonly field: { readonly label: string; readonly value: string } | null;
  readonly buttons: readonly string[];
  /** The button that Enter presses. */
  readonly usual: number;
  /** What Escape means. */
  readonly cancel: number;
}

export interface QuestionAnswer {
  readonly button: number;
  readonly text: string;
}

/**
 * Asks a person in the window: the host has no dialogs of the system. Of the page's own style and scripts nothing
 * reaches it (a closed shadow tree, made in the preload's world).
 * The function stands alone, because its source is put into pages.
 */
export function showQuestion({ title, detail, field, buttons, usual, cancel }: Question): Promise<QuestionAnswer> {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { color-scheme: light dark; }
    dialog { font: 14px/1.45 system-ui, sans-serif; width: 32rem; max-width: calc(100vw - 4rem); box-sizing: border-box;
      border: 1px solid GrayText; border-radius: 8px; padding: 20px; background: Canvas; color: CanvasText; }
    dialog::backdrop { background: rgb(0 0 0 / 40%); }
    h1 { font-size: 16px; margin: 0 0 8px; }
    p { margin: 0 0 12px; white-space: pre-wrap; }
    label { display: block; margin-bottom: 16px; }
    input { font: inherit; width: 100%; box-sizing: border-box; margin-top: 4px; padding: 6px 8px; }
    div { display: flex; justify-content: flex-end; gap: 8px; }
    button { font: inherit; padding: 6px 14px; }
  `);
  root.adoptedStyleSheets = [sheet];

  const element = <K extends keyof HTMLElementTagNameMap>(name: K, text = ''): HTMLElementTagNameMap[K] =>
    Object.assign(document.createElement(name), { textContent: text });
  const dialog = element('dialog');
  const heading = element('h1', title);
  heading.id = 'title';
  dialog.setAttribute('aria-labelledby', heading.id);
  const input = element('input');
  const row = element('div');
  dialog.append(heading);
  if (detail !== '') dialog.append(element('p', detail));
  if (field !== null) {
    const label = element('label', field.label);
    input.value = field.value;
    input.spellcheck = false;
    label.append(input);
    dialog.append(label);
  }
  dialog.append(row);
  root.append(dialog);
  document.documentElement.append(host);

  return new Promise((resolve) => {
    const answer = (button: number): void => {
      dialog.close();
      host.remove();
      resolve({ button, text: input.value });
    };
    for (const [index, label] of buttons.entries()) {
      const button = element('button', label);
      button.addEventListener('click', () => {
        answer(index);
      });
      if (index === usual && field === null) button.autofocus = true;
      row.append(button);
    }
    input.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') answer(usual);
    });
    // What is typed here is for this question alone.
    dialog.addEventListener('keydown', (event) => {
      event.stopPropagation();
    });
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      answer(cancel);
    });
    dialog.showModal();
  });
}
