"""Headlines with everything that outlets glue to them, and where they may be cut."""

import pytest

from monitor.articles import Profiles, extract
from tests.articles.pages import PROSE


def title(parts: dict[str, str]) -> str:
    """Read the headline of a page with these declarations."""
    meta = "".join(
        f'<meta property="{name}" content="{parts[key]}">'
        for key, name in (
            ("og", "og:title"),
            ("site", "og:site_name"),
            ("section", "article:section"),
        )
        if key in parts
    )
    if "ld" in parts:
        meta += (
            '<script type="application/ld+json">'
            f'{{"@type":"NewsArticle","headline":"{parts["ld"]}"}}</script>'
        )
    heading = parts.get("h1raw") or (f"<h1>{parts['h1']}</h1>" if "h1" in parts else "")
    html = (
        f"<html><head><title>{parts.get('title', '')}</title>{meta}</head><body>{heading}"
        f"<div>{''.join(f'<p>{line}</p>' for line in PROSE)}</div></body></html>"
    )
    return extract(html, "https://www.harbourpost.example/n/1", profiles=Profiles({})).title


@pytest.mark.parametrize(
    ("parts", "headline"),
    [
        (
            {
                "title": "Council agrees to rebuild northern quayㅣHarbour Post",
                "og": "Council agrees to rebuild northern quayㅣHarbour Post",
                "site": "Harbour Post",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "시의회, 북쪽 부두 재건 합의ㅣ항만일보",
                "og": "시의회, 북쪽 부두 재건 합의ㅣ항만일보",
                "site": "항만일보",
            },
            "시의회, 북쪽 부두 재건 합의",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay: The Tidewater Bugle",
                "h1raw": "<div>Council agrees to rebuild northern quay</div>",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {"title": "시의회, 북쪽 부두 재건 합의: 항만일보", "h1": "시의회, 북쪽 부두 재건 합의"},
            "시의회, 북쪽 부두 재건 합의",
        ),
        (
            {
                "title": "시의회, 북쪽 부두 재건 합의 : 정치 : 항만일보",
                "og": "시의회, 북쪽 부두 재건 합의",
            },
            "시의회, 북쪽 부두 재건 합의",
        ),
        (
            {
                "title": "시의회, 북쪽 부두 재건 합의 - 항만일보",
                "og": "시의회, 북쪽 부두 재건 합의 - 항만일보",
            },
            "시의회, 북쪽 부두 재건 합의",
        ),
        (
            {
                "title": "시의회, 북쪽 부두 재건 합의 &lt; 정치 &lt; 기사본문 - 항만일보",
                "og": "시의회, 북쪽 부두 재건 합의 - 항만일보",
                "h1": "시의회, 북쪽 부두 재건 합의",
            },
            "시의회, 북쪽 부두 재건 합의",
        ),
        (
            {
                "title": "시의회, 북쪽 부두 재건 합의 &lt; 정치 &lt; 기사본문 - 항만일보",
                "og": "시의회, 북쪽 부두 재건 합의 - 항만일보",
            },
            "시의회, 북쪽 부두 재건 합의",
        ),
        (
            {
                "title": "市議会、北埠頭の再建で合意（1/2ページ） - 港湾新聞",
                "og": "市議会、北埠頭の再建で合意（1/2ページ） - 港湾新聞",
                "site": "港湾新聞",
            },
            "市議会、北埠頭の再建で合意",
        ),
        (
            {
                "title": "市議会、北埠頭の再建で合意（1/2ページ） - 港湾新聞",
                "og": "市議会、北埠頭の再建で合意",
                "h1": "市議会、北埠頭の再建で合意",
            },
            "市議会、北埠頭の再建で合意",
        ),
        (
            {
                "title": "市議会、北埠頭の再建で合意：港湾新聞デジタル",
                "og": "市議会、北埠頭の再建で合意：港湾新聞デジタル",
                "site": "港湾新聞デジタル",
            },
            "市議会、北埠頭の再建で合意",
        ),
        (
            {
                "title": "市議会、北埠頭の再建で合意 | 港湾新聞 | 政治",
                "og": "市議会、北埠頭の再建で合意 | 港湾新聞",
                "site": "港湾新聞",
            },
            "市議会、北埠頭の再建で合意",
        ),
        (
            {
                "title": "市議会、北埠頭の再建で合意【港湾新聞】",
                "og": "市議会、北埠頭の再建で合意【港湾新聞】",
                "site": "港湾新聞",
            },
            "市議会、北埠頭の再建で合意",
        ),
        (
            {
                "title": "市议会同意重建北码头_本地_北码头网",
                "og": "市议会同意重建北码头_北码头网",
                "site": "北码头网",
            },
            "市议会同意重建北码头",
        ),
        (
            {"title": "市议会同意重建北码头-北码头网", "h1": "市议会同意重建北码头"},
            "市议会同意重建北码头",
        ),
        ({"title": "市议会同意重建北码头--时政--北码头网"}, "市议会同意重建北码头"),
        (
            {"title": "市议会同意重建北码头－本地－北码头网", "h1": "市议会同意重建北码头"},
            "市议会同意重建北码头",
        ),
        (
            {
                "title": "市议会同意重建北码头 ｜ 北碼頭報",
                "og": "市议会同意重建北码头 ｜ 本地 ｜ 北碼頭報",
                "site": "北碼頭報",
            },
            "市议会同意重建北码头",
        ),
        (
            {
                "title": "市议会同意重建北码头丨北码头网",
                "og": "市议会同意重建北码头丨北码头网",
                "site": "北码头网",
            },
            "市议会同意重建北码头",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay » Harbour Post",
                "og": "Council agrees to rebuild northern quay » Harbour Post",
                "site": "Harbour Post",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay ~ Harbour Post",
                "og": "Council agrees to rebuild northern quay ~ Harbour Post",
                "site": "Harbour Post",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay • Harbour Post",
                "site": "Harbour Post",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay ◆ Harbour Post",
                "og": "Council agrees to rebuild northern quay ◆ Harbour Post",
                "site": "Harbour Post",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay (Harbour Post)",
                "og": "Council agrees to rebuild northern quay (Harbour Post)",
                "site": "Harbour Post",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay [Harbour Post]",
                "og": "Council agrees to rebuild northern quay",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay - Page 2 - Harbour Post",
                "og": "Council agrees to rebuild northern quay",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay - Page 2 of 3 | Harbour Post",
                "site": "Harbour Post",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Harbour Post | Council agrees to rebuild northern quay",
                "og": "Harbour Post | Council agrees to rebuild northern quay",
                "site": "Harbour Post",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Harbour Post: Council agrees to rebuild northern quay",
                "site": "Harbour Post",
                "h1": "Council agrees to rebuild northern quay",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay | Local | Harbour Post",
                "section": "Local",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay - Local",
                "og": "Council agrees to rebuild northern quay - Local",
                "section": "Local",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay // Local",
                "og": "Council agrees to rebuild northern quay // Local",
                "section": "Local",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Local: Council agrees to rebuild northern quay",
                "og": "Council agrees to rebuild northern quay",
                "h1": "Council agrees to rebuild northern quay",
                "section": "Local",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Mayor: 'Rebuild - and pay' for the quay | Harbour Post",
                "og": "Mayor: 'Rebuild - and pay' for the quay",
                "h1": "Mayor: 'Rebuild - and pay' for the quay",
                "site": "Harbour Post",
            },
            "Mayor: 'Rebuild - and pay' for the quay",
        ),
        (
            {
                "title": "Mayor says “Harbour Post - never” to rival | Harbour Post",
                "site": "Harbour Post",
            },
            "Mayor says “Harbour Post - never” to rival",
        ),
        (
            {"title": "시장 “부두 재건 - 항만일보 잘못” 주장 - 항만일보", "site": "항만일보"},
            "시장 “부두 재건 - 항만일보 잘못” 주장",
        ),
        (
            {
                "title": "市長「再建 - 港湾新聞は誤り」と主張 - 港湾新聞",
                "og": "市長「再建 - 港湾新聞は誤り」と主張 - 港湾新聞",
                "site": "港湾新聞",
            },
            "市長「再建 - 港湾新聞は誤り」と主張",
        ),
        (
            {
                "title": "Harbour Post",
                "og": "Council agrees to rebuild northern quay",
                "h1raw": "<h1><a href='/'>Harbour Post</a></h1>"
                "<h2>Council agrees to rebuild northern quay</h2>",
                "site": "Harbour Post",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {"title": "Council agrees to rebuild northern quay - harbourpost.example"},
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay | HarbourPost.example",
                "og": "Council agrees to rebuild northern quay | HarbourPost.example",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay - The Harbour Post",
                "og": "Council agrees to rebuild northern quay - The Harbour Post",
                "site": "Harbour Post",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay - HP News",
                "og": "Council agrees to rebuild northern quay - HP News",
                "h1": "Council agrees to rebuild northern quay",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay - HP News",
                "og": "Council agrees to rebuild northern quay - HP News",
                "ld": "Council agrees to rebuild northern quay",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay - HP News",
                "og": "Council agrees to rebuild northern quay - HP News",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Score is 2-1 in quay cup final | Harbour Post",
                "site": "Harbour Post",
                "og": "Score is 2-1 in quay cup final",
            },
            "Score is 2-1 in quay cup final",
        ),
        (
            {
                "title": "COVID-19: Quay shut again | Harbour Post",
                "site": "Harbour Post",
                "og": "COVID-19: Quay shut again",
                "h1": "COVID-19: Quay shut again",
            },
            "COVID-19: Quay shut again",
        ),
        (
            {
                "title": "[속보] 시의회, 북쪽 부두 재건 합의 | 항만일보",
                "og": "[속보] 시의회, 북쪽 부두 재건 합의",
                "h1": "[속보] 시의회, 북쪽 부두 재건 합의",
            },
            "[속보] 시의회, 북쪽 부두 재건 합의",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay – Harbour Post",
                "h1raw": "<h1><span>Exclusive</span> Council agrees to rebuild northern quay</h1>",
                "og": "Council agrees to rebuild northern quay",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay | Harbour Post",
                "og": "Council agrees to rebuild northern quay",
                "h1raw": "<h1><span class='a1'>Local</span><br>"
                "Council agrees to rebuild northern quay</h1>",
                "section": "Local",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "title": "Council agrees to rebuild northern quay 2024.09.30 | Harbour Post",
                "og": "Council agrees to rebuild northern quay | Harbour Post",
                "site": "Harbour Post",
            },
            "Council agrees to rebuild northern quay",
        ),
        (
            {
                "og": "Council agrees to rebuild northern quay...",
                "title": "Council agrees to rebuild northern quay for 20 million | Harbour Post",
                "h1": "Council agrees to rebuild northern quay for 20 million",
            },
            "Council agrees to rebuild northern quay for 20 million",
        ),
    ],
)
def test_a_headline_stands_alone(parts: dict[str, str], headline: str) -> None:
    """Site, section and page number fall, whatever sets them off; quotes stay whole."""
    assert title(parts) == headline
