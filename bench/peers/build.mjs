// Builds the page of every peer into dist/<name>/: plain files that any server of files can serve, with nothing to fetch from elsewhere.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "sass";
import { counts } from "./src/questions.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Enketo's own modules, which its package.json says an application may replace. */
const enketo = (path) => here(`node_modules/enketo-core/${path}`);

const peers = {
  surveyjs: {},
  rjsf: {},
  enketo: {
    alias: {
      "enketo/config": enketo("config.js"),
      "enketo/widgets": enketo("src/js/widgets.js"),
      "enketo/translator": enketo("src/js/fake-translator.js"),
      "enketo/dialog": enketo("src/js/fake-dialog.js"),
      "enketo/file-manager": enketo("src/js/file-manager.js"),
      "enketo/xpath-evaluator-binding": enketo("src/js/xpath-evaluator-binding.js"),
    },
  },
  formio: { define: { global: "globalThis" } },
  odk: {},
};

const page = (name) => `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<link rel="stylesheet" href="page.css">
<script type="module" src="page.js"></script>
</head>
<body>
<p class="summary">Đạt: <output id="summary"></output></p>
<div id="form"></div>
</body>
</html>
`;

await mkdir(here("build"), { recursive: true });
/** Enketo's style sheets name their dependencies by where they are in its own repository. */
const ownDependencies = {
  findFileUrl: (url) => {
    const found = /\/node_modules\/(.*)/.exec(url);
    return found && new URL(`node_modules/${found[1]}`, import.meta.url);
  },
};
const theme = compile(enketo("src/sass/formhub/formhub.scss"), {
  style: "compressed",
  importers: [ownDependencies],
  logger: { warn() {}, debug() {} },
});
await writeFile(here("build/enketo.css"), theme.css);

const wanted = process.argv.slice(2);
for (const [name, options] of Object.entries(peers)) {
  if (wanted.length && !wanted.includes(name)) continue;
  const folder = here(`dist/${name}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { files } = await import(`./src/${name}/form.mjs`);
  for (const count of counts) {
    for (const [file, content] of Object.entries(await files(count))) await writeFile(`${folder}/${file}`, content);
  }
  await writeFile(`${folder}/index.html`, page(name));
  await build({
    entryPoints: { page: here(`src/${name}/page.js`) },
    outdir: folder,
    bundle: true,
    format: "esm",
    splitting: true,
    minify: true,
    target: "es2022",
    define: {
      "process.env.NODE_ENV": '"production"',
      "__VUE_OPTIONS_API__": "true",
      "__VUE_PROD_DEVTOOLS__": "false",
      "__VUE_PROD_HYDRATION_MISMATCH_DETAILS__": "false",
      ...options.define,
    },
    legalComments: "none",
    logLevel: "warning",
    alias: options.alias,
  });
}
