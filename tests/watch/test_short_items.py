"""A headline and a sentence, in the ways in which papers leave out whom everybody knows.

Each kind has items of the topic and others that look like them. All were written for this project;
the events are invented.
"""

import pytest

from monitor.watch import Rulebook
from monitor.watch.desk_tools.selftest import article_of
from tests.watch.written import topics_of

DAY = "2026-11-10"
CHINA_KOREA, PENINSULA = "china-south-korea", "korean-peninsula"


def _wakes(rulebook: Rulebook, text: str) -> bool:
    return any(flag.level == "now" for flag in rulebook.flags(article_of(text, DAY)))


@pytest.mark.parametrize(
    "text",
    [
        "Anti-Chinese chants at Hongdae march\nSeoul's foreign ministry called them harmful.",
        "光化門の反中集会に懸念\n韓国政府は自制を求めた。",
        "Jury finds ex-Hynix manager stole designs for Chinese rival\nA court in Suwon ruled.",
        "海力士前高管窃取图纸跳槽中企\n韩国检方起诉三人。",
        "디스플레이 기술 中에 빼돌린 일당 기소\n검찰은 5명을 재판에 넘겼다.",
        "日中韓財長會議推遲\n主辦方未說明原因。",
        "한중일 환경장관회의, 내년으로 연기\n일정이 맞지 않았다.",
        "흑연 수출 막은 中…정부 “비축 늘린다”\n업계와 대책을 논의했다.",
        "Survey ship enters provisional measures zone again\nThe coast guard followed it.",
    ],
)
def test_dealings_of_the_two_with_one_side_left_out(built_in: Rulebook, text: str) -> None:
    """A quarrel, a theft, a meeting of three and an answer at home are dealings of the two."""
    assert CHINA_KOREA in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Anti-Chinese chants at Manila march\nPhilippine police kept the peace.",
        "Hynix workers' bonus plan leaked\nThe firm declined to comment.",
        "海力士展示新一代内存\n明年量产。",
        "태풍 북상…정부 “비상근무”\n내일 새벽 상륙한다.",
        "Zoo in Ueno welcomes red panda from China\nVisitors queued.",
    ],
)
def test_what_only_looks_like_dealings_of_the_two(built_in: Rulebook, text: str) -> None:
    """The same words about others, or about one of the two alone, are none."""
    assert CHINA_KOREA not in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Russian frigate calls at Chongjin before fishery talks\nMoscow gave no details.",
        "Seoul regrets that denuclearisation is missing from joint statement\nXi spoke of peace.",
        "韩方：无核化目标不变\n青瓦台回应联合声明。",
        "한미 핵협의그룹 6차 회의 개최\n국방부가 밝혔다.",
        "정부 “9·19 합의 복원 단계적으로”\n훈련 중단부터 검토한다.",
    ],
)
def test_the_peninsula_by_what_only_it_has(built_in: Rulebook, text: str) -> None:
    """Warships in the North, denuclearisation in Seoul, the allies' deterrent are its matters."""
    assert PENINSULA in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Seoul court hears case against former navy chief\nHe denies taking bribes.",
        "Denuclearisation of Iran off the table, Tehran says\nTalks in Geneva go on.",
        "Fishery school opens in Chongjin\nState media showed classrooms.",
        "日米、拡大抑止を協議\n外務省が発表した。",
    ],
)
def test_what_only_looks_like_the_peninsula(built_in: Rulebook, text: str) -> None:
    """The same words elsewhere, and the North's everyday work, are not its matters."""
    assert PENINSULA not in topics_of(built_in, text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("習李会、来月深圳で調整\n両首脳は昨年も会った。", CHINA_KOREA),
        ("习李会谈登场 经贸为先\n双方发表新闻稿。", CHINA_KOREA),
        ("習氏と李氏、夕食会で懇談\n記念品を交わした。", CHINA_KOREA),
        ("習金會未談核武\n官媒僅提友誼。", PENINSULA),
    ],
)
def test_two_leaders_by_a_letter_each(built_in: Rulebook, text: str, topic: str) -> None:
    """Two letters before a word for a meeting are the leaders of that day whose they are."""
    assert topic in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "李金会长出席商会年会\n他呼吁扩大内需。",
        "李氏、囲碁名人戦で勝利\n通算五度目。",
        "金氏と朴氏が結婚\n共演が縁だった。",
        "张李会面谈和解\n两家公司握手言和。",
    ],
)
def test_letters_of_others(built_in: Rulebook, text: str) -> None:
    """A surname that leaders have too is nobody's while no leader of another side stands by it."""
    assert not topics_of(built_in, text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "Ambassador Dai defends buoys\nVice Minister Park Yoon-joo had called him in.",
            CHINA_KOREA,
        ),
        ("Chinese carrier Fujian seen off Jeju\nSeoul's navy shadowed the group.", CHINA_KOREA),
        ("山东舰穿越对马海峡 韩方跟踪\n韩军出动巡逻机。", CHINA_KOREA),
        ("韩渔民抗议中方围网作业\n海警船到场。", CHINA_KOREA),
        ("「北」の拡声器が再開　江華島\n深夜まで続いた。", PENINSULA),
        ("米爆撃機、半島情勢にらみ飛来\nグアムから発進した。", PENINSULA),
        ("대남 방송 소음에 잠 못 드는 강화\n주민들이 대책을 요구했다.", PENINSULA),
        ("The North switches its loudspeakers back on\nPeople in Ganghwa heard them.", PENINSULA),
        (
            "Three cross military demarcation line at night\nThe army fired warning shots.",
            PENINSULA,
        ),
    ],
)
def test_names_that_are_left_short(built_in: Rulebook, text: str, topic: str) -> None:
    """An envoy by surname, a carrier, a noun behind 韩, and places in small letters."""
    assert topic in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Ambassador Dai opens tea fair\nGuests came from Kenya and Ghana.",
        "福建舰队史馆开放\n周末免费参观。",
        "韩学军任市长\n市人大常委会通过。",
        "「北」の湯、百年の歴史に幕\n銭湯の主人が語った。",
        "クリミア半島情勢を協議\n欧州の外相が集まった。",
        "能登半島の復興進む\n輪島の朝市が再開した。",
        "대남병원 진료 재개\n청도군이 밝혔다.",
        "The North turns its lights back on\nLeeds celebrated.",
    ],
)
def test_what_only_looks_like_such_a_name(built_in: Rulebook, text: str) -> None:
    """The same letters in other names are of no topic."""
    assert not topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Korean student jailed in Kunming over street photos\nSeoul's foreign ministry took note.",
        "武汉警方拘留两名韩国游客\n领馆要求探视。",
        "하얼빈서 한국인 관광객 3명 구금\n외교부가 확인했다.",
        "杭州で韓国人留学生に実刑判決\n領事が面会した。",
        "Chinese students' visas checked in Gwangju\nLocal colleges complained.",
        "大邱の工業団地に中国企業が投資\n市長が発表した。",
        "South Korean noodle makers puzzled by Chinese customs\nCargoes wait in port.",
        "駐韓中国大使「雪解けに期待」\n講演で語った。",
        "Ambassador Noh sees progress on buoys\nHe met reporters in Beijing.",
    ],
)
def test_the_two_by_a_place_of_one(built_in: Rulebook, text: str) -> None:
    """A province or its seat is its country, where people of the other have dealings."""
    assert CHINA_KOREA in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Kunming expects a mild winter\nFlowers bloom early.",
        "韩国烤肉在武汉走红\n年轻人排队。",
        "항공권 특가…상하이·서울·도쿄 노선\n다음 주까지 판다.",
        "大邱で初雪\n平年より早い。",
        "山東氏、韓国料理店を開く\n都内で三店目。",
        "Leaders of North and South Dakota sign water deal\nRanchers welcomed it.",
    ],
)
def test_places_without_dealings(built_in: Rulebook, text: str) -> None:
    """Weather, dishes and cheap flights of such places are no matter of the two."""
    assert not topics_of(built_in, text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Envoy Dai urges calm over rallies\nHe spoke to students in Seoul.", CHINA_KOREA),
        ("戴兵大使、講演で「対話を」\n大学に学生が集まった。", CHINA_KOREA),
        ("사드 기지 앞 성주의 10년\n롯데는 중국에서 떠났다.", CHINA_KOREA),
        ("習・李会談、供給網で一致\n共同文書は見送られた。", CHINA_KOREA),
        ("Ganghwa villagers stop leaflet launch\nPolice kept both groups apart.", PENINSULA),
        ("연천 주민들, 전단 차량 막아서\n경찰이 중재했다.", PENINSULA),
        ("鉄原でビラ散布、警察が制止\n団体は反発した。", PENINSULA),
        ("군, MDL 5㎞ 안 포 사격 중단\n국방부가 발표했다.", PENINSULA),
        ("Seoul suspends drills close to MDL\nThe ministry gave no date.", PENINSULA),
    ],
)
def test_envoys_shield_and_the_line(built_in: Rulebook, text: str, topic: str) -> None:
    """Envoys wherever they speak, the shield with both, and leaflets in the towns at the line."""
    assert topic in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Hot-air balloons return to Cheorwon\nThe festival lasts ten days.",
        "파주시, 불법 전단지 단속\n상가를 돌았다.",
        "Envoy Park heads to Lima fair\nChile sent wine.",
        "金浦空港に新ラウンジ\n来春開業する。",
        "Lazarus opens at the opera\nThe recruiter of singers wept.",
    ],
)
def test_balloons_and_envoys_of_others(built_in: Rulebook, text: str) -> None:
    """Festivals, shop flyers and envoys to elsewhere are none."""
    assert not topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "시 주석 국빈 방한 2년…남은 숙제\n경주의 약속을 되짚었다.",
        "習主席の訪韓1年、韓国で変わったもの\n専門店を歩いた。",
        "북한 해커, 코인 지갑 서버 침투\n경찰이 수사한다.",
        "李在明：韩朝应恢复热线\n他在典礼上致辞。",
        "家族会、日朝首脳会談を求める\n署名を手渡した。",
    ],
)
def test_what_nobody_is_woken_for(built_in: Rulebook, text: str) -> None:
    """Looking back, wishing and breaking into computers are told in the digest."""
    assert topics_of(built_in, text)
    assert not _wakes(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "韩朝恢复军事热线\n双方早间通了话。",
        "북한군 3명 군사분계선 침범\n군이 경고사격을 했다.",
        "韩外长赵显同王毅通电话\n双方谈及元首会晤。",
        "시진핑 1년 만에 방한…李대통령과 정상회담\n경주에서 만난다.",
        "应金正恩邀请 李在明将访问平壤举行首脑会谈\n行程三天。",
        "2026年、南北首脳会談が板門店で実現\n両首脳が握手した。",
    ],
)
def test_what_the_desk_is_woken_for(built_in: Rulebook, text: str) -> None:
    """What was done, crossed or said between ministers is told at once."""
    assert _wakes(built_in, text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Chinese student fined for drone over Kunsan Air Base\nShe had no permit.", CHINA_KOREA),
        ("군산기지 촬영한 중국인 2명 구속\n휴대전화에서 사진이 나왔다.", CHINA_KOREA),
        ("烏山基地を撮影、中国籍の男を逮捕\n双眼鏡も押収した。", CHINA_KOREA),
        ("沙尘争端：韩国要求中国公布监测数据\n两国环境部门将会面。", CHINA_KOREA),
        ("국정원 “북 노동자 러시아에 추가 파견”\n국회에 보고했다.", PENINSULA),
    ],
)
def test_bases_dust_and_labourers(built_in: Rulebook, text: str, topic: str) -> None:
    """Cameras at a base, a row over dust, and 북 where the South's agency speaks of it."""
    assert topic in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Kunsan Air Base opens gates for photo day\nFamilies came.",
        "중국발 황사, 내일 전국 덮친다\n마스크를 챙겨야 한다.",
        "沙尘暴袭中国北方 韩国也将受影响\n气象部门发布预警。",
        "북 치는 노동자들의 축제\n광장에 모였다.",
    ],
)
def test_dust_bases_and_drums(built_in: Rulebook, text: str) -> None:
    """Dust that only blows, a base on its own and a drum are none."""
    assert not topics_of(built_in, text)
