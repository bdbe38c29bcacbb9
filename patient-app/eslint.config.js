import pluginVue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

// Pages and features ask the server through `features/*` composables and `@/http`'s front door only.
const FRONT_DOORS = {
  patterns: [
    { group: ['@/http/*'], message: "import from '@/http'" },
    { group: ['@/platform/*'], message: "import from '@/platform'" },
    { group: ['@/locale/*.json', '@/locale/messages'], message: "use t() of '@/locale'" },
  ],
}
const VIEW_PRESS = {
  selector:
    "VElement[rawName=/^(view|text|image|div|span)$/] > VStartTag > VAttribute[directive=true][key.name.name='on'][key.argument.name=/^(tap|click|longpress)$/]",
  message: 'Nobody reaches this by keyboard: use AppButton or AppLink.',
}
const WORDS = {
  selector: "VElement:not([rawName=/^(script|style|template)$/]) > VText[value=/[A-Za-z\\u4e00-\\u9fff]/]",
  message: 'Words live in src/locale: use t().',
}

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'src/http/schema.ts', 'src/components/icon-names.ts', 'android/', 'ios/'] },
  ...tseslint.configs.strict,
  ...pluginVue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser, sourceType: 'module' } },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    rules: {
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
      complexity: ['error', 12],
      'max-lines': ['error', { max: 400 }],
      'no-restricted-imports': ['error', FRONT_DOORS],
      'no-restricted-globals': ['error', { name: 'fetch', message: "use '@/http'" }, { name: 'XMLHttpRequest', message: "use '@/http'" }],
      'no-restricted-properties': ['error', { object: 'uni', property: 'request', message: "use '@/http'" }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      'vue/no-v-html': 'error',
    },
  },
  {
    files: ['src/{pages,account,people,booking,bills,reports,info,inbox,visit,features}/**/*.vue'],
    rules: {
      'vue/no-restricted-syntax': ['error', VIEW_PRESS, WORDS],
      'no-warning-comments': ['error', { terms: ['#ifdef', '#ifndef'], location: 'anywhere' }],
      'vue/no-restricted-html-elements': ['error',
        ...['button', 'input', 'textarea', 'picker', 'switch', 'checkbox', 'radio', 'navigator', 'a', 'select'].map((element) => ({
          element,
          message: 'Use the component of src/components, which is real for keyboard and screen reader.',
        })),
      ],
    },
  },
  {
    files: ['src/{pages,account,people,booking,bills,reports,info,inbox,visit}/**/*.vue'],
    rules: {
      // Pages are thin: what asks the server is a composable of src/features with its own tests.
      'no-restricted-imports': ['error', { ...FRONT_DOORS, paths: [{ name: '@/http', importNames: ['api', 'upload', 'download'], message: 'ask the server in src/features/<area>' }] }],
    },
  },
  // The mini program's stand-in plays WeChat's untyped interface.
  { files: ['tools/**'], rules: { '@typescript-eslint/no-explicit-any': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['src/http/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src/locale/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
)
