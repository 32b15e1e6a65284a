"""Pages in a real browser: what is planted stays inert, nothing is fetched, links lead there and
back, and nothing runs over the edge of a phone or a desk."""

import json
import os
import re
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest

from govtext.pipeline import tables
from govtext.pipeline.assemble import read_file
from govtext.pipeline.build import build
from govtext.show import evidence
from govtext.show.frames import INTERACTIVE
from govtext.show.site import addresses, site
from govtext.study import execute, page
from govtext.study import lab as jupyter
from tests import payloads
from tools import lab

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
WIDTHS = (400, 1280)
pytestmark = pytest.mark.skipif(
    not (Path(CHROMIUM).exists() and Path(DRIVER).exists()),
    reason=f"no browser: {CHROMIUM} and {DRIVER} are not both here",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """One browser without a window, network or past, for all tests of the module."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--disable-background-networking", "--disable-component-update", "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Evidence pages of the planted reports, in both languages, and as a notebook exports them."""
    import nbformat

    folder = tmp_path_factory.mktemp("pages")
    for name, text in (("a.txt", payloads.PROSE), ("b.html", payloads.FORM)):
        (folder / name).write_text(text, encoding="utf-8")
        report = read_file(folder / name, name, name)
        for language in ("en", "zh"):
            made = evidence.page(report, language)
            (folder / f"{name[0]}-{language}.html").write_text(made, encoding="utf-8")
        data = {"text/html": evidence.fragment(report), "text/plain": "…"}
        output = nbformat.v4.new_output("display_data", data)
        cell = nbformat.v4.new_code_cell("report", outputs=[output])
        made = page.page(nbformat.v4.new_notebook(cells=[cell]), name)
        (folder / f"{name[0]}-notebook.html").write_text(made, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pages_of_study(tmp_path_factory):
    """Site of a study of three bodies, one of them planted."""
    folder = tmp_path_factory.mktemp("study")
    reports = folder / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(payloads.PROSE, encoding="utf-8")
    (reports / "b.html").write_text(payloads.FORM, encoding="utf-8")
    for year, n in ((2012, 30), (2013, 4), (2014, 200)):
        text = f"某区{year}年政府信息公开工作年度报告\n一、概述\n全年主动公开政府信息{n}条。\n"
        (reports / f"{year}.txt").write_text(text, encoding="utf-8")
    build(reports, folder / "tables", progress=lambda line: None)
    place = folder / "tables/reports.parquet"
    frame = pd.read_parquet(place)
    planted = frame["report_id"] == "a"
    frame.loc[planted, "title"] = payloads.TITLE
    frame.loc[planted, "issuer"] = f"某县{payloads.IMAGE}"
    frame.to_parquet(place)
    site(tables.load(folder / "tables"), folder / "site")
    return folder / "site"


def opened(browser, path, anchor=""):
    """Open a page; what was asked for since is dropped."""
    browser.get_log("performance")
    browser.get_log("browser")
    browser.get("about:blank")
    browser.get(path.as_uri() + anchor)


def asked_for(browser, scheme="file"):
    """Addresses that the page asked for, without files and what it holds itself."""
    messages = [json.loads(each["message"])["message"] for each in browser.get_log("performance")]
    urls = [each["params"]["request"]["url"] for each in messages
            if each["method"] == "Network.requestWillBeSent"]  # fmt: skip
    assert any(urlsplit(each).scheme == scheme for each in urls), "the log tells nothing"
    return [
        each
        for each in urls
        if urlsplit(each).scheme not in {"file", "data", "about", "blob", "chrome"}
    ]


def wide_at(browser, width):
    """By how many pixels the page runs over its edge at a width of the window."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    inner, page = browser.execute_script(
        "return [window.innerWidth, document.documentElement.scrollWidth]"
    )
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert inner >= width
    return page - width


def inert(browser):
    """Nothing that was planted is an element, has run, or was asked for."""
    assert browser.title != "alive"
    assert browser.find_elements("css selector", "img[src*=planted], a[href^=javascript]") == []
    scripts = browser.find_elements("css selector", "script")
    assert all("alive" not in each.get_attribute("textContent") for each in scripts)
    assert asked_for(browser) == []


@pytest.mark.parametrize("name", ["a-en", "a-zh", "b-en", "b-zh", "a-notebook", "b-notebook"])
def test_a_page_of_a_report_is_inert_and_fits(browser, pages, name):
    opened(browser, pages / f"{name}.html")
    inert(browser)
    said = [each["message"] for each in browser.get_log("browser")]
    assert said == [], "the policy of the page stops something of its own"
    for width in WIDTHS:
        if "notebook" not in name or width == 1280:
            assert wide_at(browser, width) <= 0, width


def test_a_link_leads_to_the_characters_and_back(browser, pages):
    opened(browser, pages / "a-en.html")
    number = browser.find_element("xpath", "//tr[starts-with(@id, 'o')][.//*[contains(., '35')]]")
    number.find_element("css selector", "td a").click()
    mark = browser.find_element("css selector", "mark:target")
    assert mark.text == "35条"
    outline = browser.execute_script("return getComputedStyle(arguments[0]).outlineStyle", mark)
    assert outline == "solid"
    assert mark.rect["y"] >= browser.execute_script("return window.scrollY") - 1
    mark.find_element("css selector", "a").click()
    assert browser.find_element("css selector", "tr:target") == number


def test_a_finding_leads_to_each_of_its_numbers(browser, pages):
    opened(browser, pages / "b-en.html")
    row = browser.find_element("xpath", "//details[@open]//tr[contains(., 'a difference of 1')]")
    assert row.find_element("css selector", "td").text == "the report"
    found = []
    for link in row.find_elements("css selector", "a"):
        link.click()
        found.append(browser.find_element("css selector", "mark:target").text)
        browser.execute_script("window.scrollTo(0, 0)")
    assert sorted(found) == ["0", "0", "1", "2", "4"]


def test_a_kind_of_numbers_can_be_hidden_without_a_script(browser, pages):
    opened(browser, pages / "a-en.html")
    row = browser.find_element("css selector", "tr.k-none")
    assert row.is_displayed()
    browser.find_element("id", "show-none").click()
    assert not row.is_displayed()
    assert browser.find_element("css selector", "tr.k-observed").is_displayed()


def test_what_turns_a_line_is_shown_and_turns_nothing(browser, pages):
    opened(browser, pages / "a-en.html")
    body = browser.find_element("css selector", "main").text
    assert "U+202E" in body
    assert not set(payloads.TURNED + payloads.HIDDEN + "\x1b") & set(body)


def test_the_outline_of_a_phone_opens(browser, pages):
    opened(browser, pages / "a-en.html")
    size = {"width": 400, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    link = browser.find_element("css selector", ".contents a")
    assert not link.is_displayed()
    browser.find_element("css selector", ".menu-label").click()
    assert link.is_displayed()
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def shown_rows(browser):
    rows = browser.find_elements("css selector", "table.sortable tbody tr")
    return [[cell.text for cell in row.find_elements("css selector", "td")]
            for row in rows if row.is_displayed()]  # fmt: skip


def test_a_site_filters_sorts_and_opens_a_report(browser, pages_of_study):
    opened(browser, pages_of_study / "index.html")
    assert len(shown_rows(browser)) == 5
    browser.find_element("css selector", ".filters input").send_keys("某区 报告")
    assert [row[2] for row in shown_rows(browser)] == ["2012", "2013", "2014"]
    heads = browser.find_elements("css selector", "th button")
    heads[2].click()
    heads[2].click()
    assert [row[2] for row in shown_rows(browser)] == ["2014", "2013", "2012"]
    browser.find_element("xpath", "//select/option[. = '2013']").click()
    assert browser.find_element("css selector", "output").text == "1"
    link = browser.find_element("css selector", "tbody tr:not(.out) a")
    link.click()
    assert "2013" in browser.find_element("css selector", "h1").text
    assert browser.find_element("css selector", "mark").text == "4条"
    assert asked_for(browser) == []


def test_values_are_sorted_as_numbers_and_lead_to_their_characters(browser, pages_of_study):
    opened(browser, pages_of_study / addresses.metric("proactive_total"))
    table = browser.find_elements("css selector", "table.sortable")[-1]
    table.find_elements("css selector", "th button")[2].click()
    cells = [each.text for each in table.find_elements("css selector", "td.number")]
    assert cells == ["4", "30", "35", "200"]
    table.find_element("css selector", "td.number a").click()
    assert browser.find_element("css selector", "mark:target").text == "4条"


@pytest.mark.parametrize("folder", ["", "bodies", "metrics", "reports"])
def test_every_page_of_a_site_is_inert_and_fits(browser, pages_of_study, folder):
    for path in sorted((pages_of_study / folder).glob("*.html"))[:6]:
        opened(browser, path)
        inert(browser)
        assert [each["message"] for each in browser.get_log("browser")] == [], path
        for width in WIDTHS:
            assert wide_at(browser, width) <= 0, (path, width)


def test_every_link_of_a_site_leads_somewhere(pages_of_study):
    for path in pages_of_study.rglob("*.html"):
        for link in re.findall(r'href="([^"]*)"', path.read_text(encoding="utf-8")):
            target, _, anchor = link.partition("#")
            place = (path.parent / target).resolve() if target else path
            assert place.is_file(), (path.name, link)
            assert not anchor or f'id="{anchor}"' in place.read_text(encoding="utf-8"), link


CELLS = (
    "import govtext as gt\nimport pandas as pd\ngt.use_style()",
    "gt.read_report({path!r})",
    "pd.DataFrame({{'said': [{planted!r}]}})",
    "print({planted!r})",
)


@pytest.fixture(scope="module")
def notebook(pages, tmp_path_factory):
    """A notebook that shows a planted report, a frame and a line."""
    import nbformat

    planted = f"{payloads.SCRIPT}{payloads.IMAGE}"
    sources = [each.format(path=str(pages / "a.txt"), planted=planted) for each in CELLS]
    cells = [nbformat.v4.new_code_cell(each) for each in sources]
    folder = tmp_path_factory.mktemp("root") / "notebooks"
    folder.mkdir()
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(made, folder / "01_planted.ipynb")
    return folder / "01_planted.ipynb"


def test_an_executed_notebook_needs_no_network_and_runs_nothing(browser, notebook, tmp_path):
    assert execute.execute_all([notebook], tmp_path)
    opened(browser, tmp_path / "01-planted.html")
    inert(browser)
    assert browser.find_elements("css selector", "mark[title^=proactive_total]")
    assert "onerror" in browser.find_element("css selector", "body").text
    assert wide_at(browser, 1280) <= 0


@pytest.fixture
def laboratory(notebook):
    """Address of a JupyterLab on working copies, as `make lab` opens it."""
    pytest.importorskip("jupyterlab", reason="the extra `study` is not installed")
    folder = lab.working_copies(notebook.parents[1])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*jupyter.command(folder), "--no-browser", "--allow-root", f"--port={port}",
               "--expose-app-in-browser", "--IdentityProvider.token=known"]  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, INTERACTIVE: "interactive"}
    with subprocess.Popen(command, env=environment, **quiet) as server:
        yield f"http://127.0.0.1:{port}/lab/tree/{notebook.name}?token=known"
        server.terminate()


def until(browser, find, seconds=40):
    """First of what is found, as soon as it is there."""
    from selenium.common.exceptions import WebDriverException

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(WebDriverException, IndexError):
            return find()
        time.sleep(0.2)
    raise AssertionError(f"not there after {seconds} s: {browser.title}")


def test_the_laboratory_runs_all_cells_and_nothing_that_is_planted(browser, laboratory):
    until(browser, lambda: browser.get(laboratory))
    until(browser, lambda: browser.find_element("xpath", "//*[contains(text(), '| Idle')]"))
    command = "window.jupyterapp.commands.execute('notebook:run-all-cells')"
    until(browser, lambda: browser.execute_script(command))
    until(browser, lambda: browser.find_elements("css selector", ".jp-OutputArea-output")[3])
    table = until(browser, lambda: browser.find_element("css selector", "table.dataTable td"))
    assert payloads.SCRIPT in table.text
    assert browser.find_elements("css selector", "mark[title^=proactive_total]")
    assert browser.find_elements("css selector", "img[src*=planted]") == []
    assert browser.title != "alive"
    hosts = {urlsplit(each).hostname for each in asked_for(browser, "http")}
    assert hosts == {"127.0.0.1"}
