"""Crawls the benchmark's site with Scrapy: crawl_scrapy.py BASE PAGES STORE. Debian's python3-scrapy."""
import hashlib
import sqlite3
import sys

import scrapy
from scrapy.crawler import CrawlerProcess

BASE, PAGES, STORE = sys.argv[1], int(sys.argv[2]), sys.argv[3]


class StorePipeline:
    def open_spider(self, spider):
        self.store = sqlite3.connect(STORE, isolation_level=None)
        self.store.executescript("""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE page (id INTEGER PRIMARY KEY, url TEXT UNIQUE, status INTEGER, digest TEXT, fetched_at TEXT);
            CREATE TABLE listing (url TEXT PRIMARY KEY, page_id INTEGER, title TEXT, price REAL, seller TEXT, location TEXT, text TEXT);
        """)

    def process_item(self, item, spider):
        self.store.execute("BEGIN IMMEDIATE")
        page = self.store.execute(
            "INSERT INTO page (url, status, digest, fetched_at) VALUES (?, ?, ?, datetime('now'))",
            (item["url"], item["status"], item["digest"])).lastrowid
        self.store.executemany(
            "INSERT INTO listing (url, page_id, title, price, seller, location, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(one[0], page, *one[1:]) for one in item["listings"]])
        self.store.execute("COMMIT")
        return item

    def close_spider(self, spider):
        self.store.close()


class ListSpider(scrapy.Spider):
    name = "lists"

    def start_requests(self):
        for page in range(PAGES):
            yield scrapy.Request(f"{BASE}list?page={page}")

    def parse(self, response):
        yield {
            "url": response.url,
            "status": response.status,
            "digest": hashlib.sha256(response.body).hexdigest(),
            "listings": [
                (
                    card.css("a.title::attr(href)").get(),
                    card.css("a.title::text").get(),
                    float(card.css(".price::text").get().lstrip("¥")),
                    card.css(".seller::text").get(),
                    card.css(".location::text").get(),
                    card.css(".desc::text").get(),
                )
                for card in response.css("li.item")
            ],
        }


process = CrawlerProcess({
    "CONCURRENT_REQUESTS": 32,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": True,
    "LOG_LEVEL": "ERROR",
    "ITEM_PIPELINES": {StorePipeline: 1},
    "TELNETCONSOLE_ENABLED": False,
})
process.crawl(ListSpider)
process.start()
