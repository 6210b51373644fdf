import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What the whole house forbids by form, each with the sentence that the person reads who did it. */
const FORBIDDEN_FORMS = [
  {
    selector:
      'MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name=/^(only|skip|skipIf|runIf|todo|fails)$/]',
    message: 'No test is left out: npm test counts it as failed.',
  },
  {
    selector: 'TSAsExpression > TSAsExpression',
    message: 'A cast through a cast says nothing true. Parse it.',
  },
];

/** Ways to start a program that go through a shell, where a value becomes a command. */
const SHELLS = ['exec', 'execSync'];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'out/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400 }],
      'no-restricted-syntax': ['error', ...FORBIDDEN_FORMS],
      'no-restricted-imports': [
        'error',
        {
          paths: ['node:child_process', 'child_process'].map((name) => ({
            name,
            importNames: SHELLS,
            message: 'Parameters are a list, never a line for a shell: use spawn or execFile.',
          })),
        },
      ],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  {
    // A log is a place where secrets end up; the agent reports by values and its faces print them.
    files: ['shared/**/*.ts', 'main/agent/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Not random enough for anything here: node:crypto.' },
        { object: 'process', property: 'env', message: 'The agent is given a System; tests stand on another one.' },
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      // Nothing of the page is compiled by the React compiler, which is what a library would have to be compatible with.
      'react-hooks/incompatible-library': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    // In a test, `!` fails where it is wrong and at once; a guard for it would only hide which line that is.
    files: ['**/*.test.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
