import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { findExecutable } from "@sysinit-internal/process";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { htmlOf } from "../src/reporters/html/page.ts";
import { hostileReport, hostileTexts } from "./hostile.ts";
import { sampleReport } from "./sample-report.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const executablePath = names
  .map((name) => findExecutable(name))
  .find((path) => path !== undefined && existsSync(path));

interface LookOfText {
  colour: string;
  behind: string;
  size: number;
}

// What runs in the page is text: the types of a browser are not those of our code.
const looksOfTexts = `[...document.querySelectorAll("body *")]
  .filter(({ childNodes }) => [...childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ""))
  .map((element) => {
    let behind = element;
    while (behind !== document.body && getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)")
      behind = behind.parentElement;
    const { color, fontSize } = getComputedStyle(element);
    return { colour: color, behind: getComputedStyle(behind).backgroundColor, size: parseFloat(fontSize) };
  })`;
const barsOfFirstList = `[...document.querySelector("ol.bars").querySelectorAll("li")].map((item) => {
  const [track, bar] = [".track", "b"].map((part) => item.querySelector(part).getBoundingClientRect());
  const share = (x) => (x - track.left) / track.width;
  return { name: item.querySelector(".name").textContent, from: share(bar.left), to: share(bar.right) };
})`;

// Without a browser on PATH these are skipped; `apt-get install chromium`, or that of your system, brings one.
describe.skipIf(executablePath === undefined)("the HTML page in chromium", () => {
  let browser: Browser;
  let work: string;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), "page-"));
    await writeFile(
      join(work, "hostile.html"),
      htmlOf([hostileReport(), { ...hostileReport(), cell: { id: "b" } }]),
    );
    await writeFile(join(work, "sample.html"), htmlOf([sampleReport]));
    browser = await chromium.launch({
      executablePath: executablePath!,
      args: ["--no-sandbox", "--disable-gpu"],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(work, { recursive: true, force: true });
  });

  async function open(file: string, options: BrowserContextOptions = {}) {
    const page = await browser.newPage(options);
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    const address = pathToFileURL(join(work, file)).href;
    await page.goto(address);
    return { page, complaints, elsewhere: asked.filter((url) => url !== address) };
  }

  it("asks for nothing from elsewhere, has no scripts, and nothing in it complains", async () => {
    const { page, elsewhere, complaints } = await open("sample.html");
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.locator("script, link, img, iframe, object, embed").count()).toBe(0);
  });

  it("shows what a hostile guest said as text, and nothing of it as markup", async () => {
    const { page, elsewhere, complaints } = await open("hostile.html");
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.title()).not.toBe("owned");
    expect(await page.locator("script, img, a, [onerror], [onmouseover]").count()).toBe(0);
    expect(await page.locator("h1").count()).toBe(1);
    expect(await page.locator("section").count()).toBe(2);
    expect(await page.locator("table.checks tbody tr").count()).toBe(2 * hostileTexts.length);
    expect(await page.locator("pre.evidence").first().textContent()).toBe(hostileTexts[0]);
  });

  it("draws the boot: host, firmware, kernel, units one after the other, and the first shell", async () => {
    const { page } = await open("sample.html", { viewport: { width: 1280, height: 900 } });
    const bars = await page.evaluate<{ name: string; from: number; to: number }[]>(barsOfFirstList);
    const { phases, units, firstShellSeconds } = sampleReport.boot!;
    const drawn = [...phases, ...units, { name: "first shell", startSeconds: 0, seconds: firstShellSeconds }];
    expect(bars.map(({ name }) => name)).toEqual(drawn.map(({ name }) => name));
    const end = Math.max(...drawn.map(({ startSeconds, seconds }) => startSeconds + seconds));
    for (const [index, { startSeconds, seconds }] of drawn.entries()) {
      expect(bars[index]!.from).toBeCloseTo(startSeconds / end, 1);
      expect(bars[index]!.to).toBeCloseTo((startSeconds + seconds) / end, 1);
    }
  });

  it.each([
    ["a phone", 360],
    ["a narrow phone", 320],
    ["a desk", 1280],
  ])("is not wider than %s of %i pixels", async (_, width) => {
    for (const file of ["sample.html", "hostile.html"]) {
      const { page } = await open(file, { viewport: { width, height: 780 } });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    }
  });

  it("is a list of cards on a phone, with letters that can be read there", async () => {
    const { page } = await open("sample.html", { viewport: { width: 360, height: 780 }, isMobile: true });
    expect(await page.locator("thead").isVisible()).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.querySelector("tbody tr")).display')).toBe("grid");
    const sizes = (await page.evaluate<LookOfText[]>(looksOfTexts)).map(({ size }) => size);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
  });

  it.each(["light", "dark"] as const)("can be read in %s", async (colorScheme) => {
    const { page } = await open("sample.html", { colorScheme });
    const background = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    expect(luminance(background) < 0.2).toBe(colorScheme === "dark");
    // WCAG 2.2, 1.4.3: at least 4.5 : 1 for text of this size.
    expect(await leastContrast(page)).toBeGreaterThanOrEqual(4.5);
  });
});

/** The least contrast of a text with what is behind it. */
async function leastContrast(page: Page): Promise<number> {
  const looks = await page.evaluate<LookOfText[]>(looksOfTexts);
  return Math.min(
    ...looks.map(({ colour, behind }) => {
      const [light, dark] = [luminance(colour), luminance(behind)].toSorted((a, b) => b - a) as [
        number,
        number,
      ];
      return (light + 0.05) / (dark + 0.05);
    }),
  );
}

/** Relative luminance of `rgb(r, g, b)` (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [...colour.matchAll(/[\d.]+/g)].map(([number]) => {
    const share = Number(number) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
