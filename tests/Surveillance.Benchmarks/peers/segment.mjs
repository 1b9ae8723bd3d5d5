// Usage: node segment.mjs @node-rs/jieba|jieba-wasm CORPUS DICTIONARY ROUNDS
// Cuts every line of a corpus, accurate mode with HMM, and prints the best round as one JSON object.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [peer, corpus, dictionary, rounds] = process.argv.slice(2);
const lines = readFileSync(corpus, 'utf8').split('\n');

async function cutter() {
  const before = process.hrtime.bigint();
  let cut;
  if (peer === '@node-rs/jieba') {
    const { Jieba } = await import('@node-rs/jieba');
    const jieba = Jieba.withDict(readFileSync(dictionary));
    cut = line => jieba.cut(line, true);
  } else {
    const jieba = createRequire(import.meta.url)('jieba-wasm');
    cut = line => jieba.cut(line, true);
  }
  cut('你好');
  return [cut, Number(process.hrtime.bigint() - before) / 1e6];
}

const [cut, load] = await cutter();
let best = Infinity;
let tokens = 0;
for (let round = 0; round < Number(rounds); round++) {
  tokens = 0;
  const start = process.cpuUsage();
  for (const line of lines) tokens += cut(line).length;
  const used = process.cpuUsage(start);
  best = Math.min(best, (used.user + used.system) / 1e6);
}
console.log(JSON.stringify({ peer, tokens, seconds: best, load_ms: load }));
