"""Searches beside a scan of all texts, which knows nothing of tokens."""

import random
from pathlib import Path

from monitor.store import open_store
from tests.benchmarks import search_recall

LINES = """
Foreign ministers of South Korea and China met in Seoul; the ministers agreed on hotlines.
North Korea's missiles flew 3,000 km, the Joint Chiefs of Staff said on Tuesday.
Export controls on gallium: Beijing's boxes of parts, ports and policies.
The U.S. envoy visits Beijing, then the APEC峰會 in 慶州, for trade talks on batteries.
한중 외교장관이 서울에서 회담을 갖고 수출 통제 문제를 논의했다.
북한이 동해상으로 탄도미사일을 발사했다고 합동참모본부가 밝혔다.
APEC앞두고 한국과 중국, 희토류 수출통제 협의… 이재명 대통령 방중
韓國外長訪華，雙方就出口管制、稀土和供應鏈交換意見。
朝鲜发射弹道导弹，韩国军方称落入东部海域；韩中热线重启。
習近平與李在明會談，談及半島無核化與自由貿易協定。
北朝鮮が弾道ミサイルを発射、日本の排他的経済水域外に落下した。
韓国と中国の外相が会談し、輸出管理と半導体について協議した。
ソウルで日中韓の局長級協議、ホットラインの再開で一致した。
""".strip().splitlines()


def test_searches_find_what_a_scan_finds(tmp_path: Path, database: str) -> None:
    """Of words and stretches drawn from four scripts none is missed and nothing else is found."""
    rng = random.Random(11)
    texts = [(rng.choice(LINES), "\n".join(rng.choices(LINES, k=2))) for _ in range(60)]
    store = open_store(tmp_path, database)
    ids = search_recall.fill(store, texts)
    queries = list(dict.fromkeys(search_recall.drawn(texts, rng, 200)))
    assert len(queries) > 100
    for query in queries:
        exact, near = search_recall.scan(texts, ids, query)
        assert exact <= search_recall.found(store, query) <= near, query
    for same in (
        ("韩国", "韓國", "韓国"), ("朝鲜", "朝鮮"), ("3000", "３０００", "3,000"),
        ("수출 통제", "수출통제"), ("APEC峰會", "ＡＰＥＣ峰会"), ("hotline", "Hotlines"),
    ):  # fmt: skip
        assert len({frozenset(search_recall.found(store, one)) for one in same}) == 1, same
        assert search_recall.found(store, same[0])
    store.close()
