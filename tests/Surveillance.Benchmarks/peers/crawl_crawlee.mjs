// Crawls the benchmark's site with Crawlee's CheerioCrawler: crawl_crawlee.mjs BASE PAGES STORE.
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { CheerioCrawler, Configuration, RequestList, log } from '@crawlee/cheerio';

const [base, pages, path] = process.argv.slice(2);
log.setLevel(log.LEVELS.ERROR);
const store = new Database(path);
store.pragma('journal_mode = WAL');
store.pragma('synchronous = FULL');
store.exec(`
  CREATE TABLE page (id INTEGER PRIMARY KEY, url TEXT UNIQUE, status INTEGER, digest TEXT, fetched_at TEXT);
  CREATE TABLE listing (url TEXT PRIMARY KEY, page_id INTEGER, title TEXT, price REAL, seller TEXT, location TEXT, text TEXT);
`);
const insertPage = store.prepare("INSERT INTO page (url, status, digest, fetched_at) VALUES (?, ?, ?, datetime('now'))");
const insertListing = store.prepare('INSERT INTO listing (url, page_id, title, price, seller, location, text) VALUES (?, ?, ?, ?, ?, ?, ?)');
const file = store.transaction((page, listings) => {
  const { lastInsertRowid } = insertPage.run(page.url, page.status, page.digest);
  for (const [url, ...rest] of listings) insertListing.run(url, lastInsertRowid, ...rest);
});

const crawler = new CheerioCrawler({
  requestList: await RequestList.open(null, Array.from({ length: Number(pages) }, (_, page) => `${base}list?page=${page}`)),
  minConcurrency: 32,
  maxConcurrency: 32,
  useSessionPool: false,
  respectRobotsTxtFile: true,
  maxRequestRetries: 0,
  async requestHandler({ request, response, body, $ }) {
    file(
      { url: request.url, status: response.statusCode, digest: createHash('sha256').update(body).digest('hex') },
      $('li.item').toArray().map((element) => {
        const card = $(element);
        const title = card.find('a.title');
        return [
          title.attr('href'), title.text(), Number(card.find('.price').text().replace('¥', '')),
          card.find('.seller').text(), card.find('.location').text(), card.find('.desc').text(),
        ];
      }),
    );
  },
}, new Configuration({ persistStorage: false, purgeOnStart: false, availableMemoryRatio: 0.9 }));
const { requestsFailed } = await crawler.run();
store.close();
process.exit(requestsFailed === 0 ? 0 : 1);
