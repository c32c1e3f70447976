"""Countries named by a letter of a word, and towns and provinces that stand for them.

All texts were written for this project; the events are invented.
"""

import pytest

from monitor.watch import Rulebook
from tests.watch.written import topics_of

CHINA_KOREA, PENINSULA = "china-south-korea", "korean-peninsula"


@pytest.mark.parametrize(
    "text",
    [
        "韩法院判中国船长入狱",
        "韩央行：中国需求放缓拖累出口",
        "韩农食品部要求中国平台更正译名",
        "中企收购韩游戏公司",
        "韓產業部長訪中談稀土",
        "韓外相、訪中へ",
        "韓電池大手、中国の黒鉛規制に対応",
        "中国資本、韓ゲーム大手を買収",
        "中外相、来週ソウルへ",
        "中海警、韓国漁船に接近",
        "韓擬對中國鋼板課反傾銷稅",
        "韩免税店停付中国代购佣金",
        "中方批韩长官涉台言论",
    ],
)
def test_a_letter_before_a_word_is_the_country(built_in: Rulebook, text: str) -> None:
    """韩, 韓, and in Japanese 中 before who acts for a state, are the country in a headline."""
    assert CHINA_KOREA in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "韩正会见法国参议院代表团 谈中国市场",
        "韩红爱心基金会向中国甘肃捐款",
        "韩俊任农业农村部部长",
        "中国作家韩少功获奖",
        "演员韩雪代言中国品牌",
        "韩语学习者在中国增多",
        "韩愈研究者访问中国各地",
        "中学校で韓国料理の授業",
        "中外製薬、韓国で新薬の治験",
        "会議中外相が退席、韓国紙",
        "在日韓国人の作家に中国の文学賞",
        "北が丘小で給食に異物",
        "北が浜海水浴場、今年は開設せず",
        "朝阳法院发布十大典型案例",
        "朝着目标前进 国务院部署工作",
        "北海道の北海警察署で式典",
        "北警察署、中国人観光客に交通ルール指導",
        "朝军事爱好者开放的航展 长春开幕",
        "美 북 페어서 한국 그림책 호평",
        "韩将军墓出土瓷器",
    ],
)
def test_a_surname_or_a_longer_word_is_none(built_in: Rulebook, text: str) -> None:
    """A person named 韩, a longer word and a hill of the north are no states."""
    assert not topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Jilin and Gangwon mark 33 years of sister ties",
        "Daegu opens trade office in Chengdu",
        "Mokpo-Yantai ferry back after six years",
        "山东与京畿道签署低空经济合作备忘录",
        "경기도·산둥성, 저고도 경제 협력 양해각서",
        "전남도-저장성 우호교류 28년",
        "吉林省と江原道が友好33年",
        "Chinese man indicted for filming F-16s near Osan",
        "Yantai plant blast kills two Korean engineers",
        "烟台一工厂爆炸致两名韩籍工程师遇难",
        "煙台の工場爆発、韓国人技術者2人死亡",
        "平泽港查获中国旅客携带大量海参",
        "여야 의원단 하얼빈行…안중근 순국 추모",
        "중국인 계절근로자 지문 등록 의무화",
        "中해관, 국산 김 통관 보류",
        "海关总署暂停韩国一企业海苔输华",
        "Naver, Baidu settle map data dispute",
        "한중 해군, 10년 만에 수색구조훈련",
        "中韩海军十年来首次联合搜救演练",
        "LG화학, 난징 편광판 사업 매각",
        "LG化学、南京の偏光板事業を売却",
        "京東、韓国の物流拠点を買収",
        "면세점, 따이궁 수수료 폐지",
        "Beijing hits back at Seoul minister's Taiwan remark",
        "韓國男子在上海偷拍軍艦遭拘",
        "Chinese boats fish illegally near NLL",
        "中어선 60척, NLL 인근서 불법조업",
        "판호 받은 국산 게임 14종",
        "版号再下：七款韩国游戏获批",
        '국민 절반 "중국은 위협"',
        "청두-제주 하늘길 다시 열린다",
        "중국산 PET 수지 덤핑 조사 착수",
        "군, 중국산 드론 퇴출",
        "中, 갈륨 수출 또 조인다…반도체 업계 비상",
        'K조선 "中 덤핑 수주 막아달라"',
        "HD현대重, 중국 조선소 상대 LNG선 특허 소송",
    ],
)
def test_places_and_things_that_stand_for_the_two(built_in: Rulebook, text: str) -> None:
    """Two provinces with something between them, and what only China or only Korea has."""
    assert CHINA_KOREA in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Typhoon to brush Jeju before Shanghai landfall",
        "Shanghai, Busan film festivals share opening night movie",
        "제주·상하이 크루즈, 태풍에 결항",
        "중국 국민 절반 “결혼 안 해도”",
        "중국 국민배우, 은퇴 선언",
        "Chinese-born pianist wins Seoul competition",
        "Chinese tea shops crowd out coffee chains in Hanoi; Korean bakeries hold on",
        "부산영화제 심사위원에 중국 배우",
        "Chinese zodiac show comes to Busan library",
        "부산 도서관서 중국 띠 그림전",
        "校内での電池使用、中韓でも議論",
        "항공권 5% 할인…베이징·서울·상하이 노선",
        "서울 성수에 평양식 만두집",
        "韓国風おでん、中国の屋台で流行",
        "Volkswagen to visit Jilin suppliers, Daegu next",
        "NLL 인근 꽃게잡이 시작",
        "Jets beat Bills in opener",
        "국산 전기차, 중국산에 밀려",
        "Pyongyang-born novelist dies in Paris at 98",
        "Review: The Last Ferry to Busan is a love story\nThe Chinese director's film opens.",
    ],
)
def test_weather_stages_and_origins_are_none(built_in: Rulebook, text: str) -> None:
    """Wind over two towns, a film in both and where somebody was born are no dealings."""
    assert not topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "China, North Korea begin construction of second Yalu bridge",
        "Russian deputy minister lands in Wonsan to inspect beach resort",
        "IAEA sees growth in North's warhead output",
        "탈북 여성 중국서 북송",
        "雲南で拘束の脱北女性、送還の恐れ",
        '"북 노동자 1만5천명 러 파견"…MSMT 4차 보고서',
        "朝外务省谴责美军核潜艇入港",
        "朝代表团抵莫斯科",
        "어선 1척 NLL 넘어…예인",
        "漁船がNLL越え",
        "南北直通電話、途絶え3年",
        "美폭격기 한반도 전개…F-35 호위",
        "美轰炸机飞越半岛 与韩战机联训",
        "北석탄선, 닝보 앞바다서 환적",
        "脱北少年在泰国获释 将赴首尔",
        "軍, 전방 확성기 점검 재개",
        "韓国軍、前線の拡声器を点検",
        "Japan's abductee families appeal to Trump",
        "U.N. envoy says North's prison camps still run",
        "南北ホットライン、千日不通",
        "黄金坪岛出现新建厂房 卫星图像曝光",
        "社评：半岛问题根子在于敌对政策",
        "【社説】拉致被害者の親、残る時間は少ない",
        "丹东口岸货运量创六年新高\n新义州方面放宽了集装箱消毒要求。",
    ],
)
def test_the_north_under_other_words(built_in: Rulebook, text: str) -> None:
    """What other states build there, who fled it, its labour abroad and its border."""
    assert PENINSULA in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Un tours new beach resort with daughter",
        "North Korea opens greenhouse farm",
        "탈북 청소년 학교 예산 삭감",
        "山东半岛问题研讨会召开",
        "Chinese boats fish illegally near NLL",
        "Pyongyang cold noodles top list of Seoul's summer dishes",
        "焼肉「平壌館」が60年の歴史に幕　大阪・鶴橋",
    ],
)
def test_everyday_work_of_the_north_is_none(built_in: Rulebook, text: str) -> None:
    """Resorts and farms without another state, a school at home and another peninsula."""
    assert PENINSULA not in topics_of(built_in, text)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        (
            CHINA_KOREA,
            "Court rejects appeal by chip engineer\n"
            "The former Samsung researcher handed process data to a memory maker in Hefei, China.",
        ),
        (
            CHINA_KOREA,
            "元技術者の控訴棄却\nサムスン電子の元研究員は中国・合肥のメーカーに工程データを渡したとして有罪となった。",
        ),
        (
            CHINA_KOREA,
            "Ministry to name cyber attackers\n"
            "Seoul believes a group tied to Chinese intelligence stole data in South Korea.",
        ),
        (CHINA_KOREA, "渡轮公司期待暑期客流\n韩国仁川港与中国八个港口之间的客运量四月增长四成。"),
        (
            CHINA_KOREA,
            "University scraps Confucius Institute\n"
            "The Chinese language centre in Daejeon is the fifth to close in South Korea.",
        ),
        (
            PENINSULA,
            "Fertiliser ship leaves Vostochny\n"
            "The vessel is bound for Rajin in North Korea, Russian port data show.",
        ),
        (
            PENINSULA,
            "강화 주민들 또 잠 못 이뤄\n북한이 밤마다 한강 하구 너머로 쇳소리 소음을 틀고 있다.",
        ),
        (
            PENINSULA,
            "元外交官、ハバナ脱出を語る\n家族とキューバから亡命した北朝鮮の元参事官で、今はソウルで教える。",
        ),
    ],
)
def test_a_sentence_under_a_headline_that_names_nobody(
    built_in: Rulebook, topic: str, text: str
) -> None:
    """Secrets, ports, agencies and ships in the sentence are enough."""
    assert topic in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Freedom index: Norway first again\nEritrea and North Korea were last.",
        "Obituary: historian of the cold war\n"
        "Her best known book was on the North Korean invasion of 1950.",
        "전망 카페 인기\n파주 임진강변 옥상에서는 북한 들녘이 보인다.",
        "議員が失言を謝罪\n党の規約を北朝鮮にたとえていた。",
        "Index fund cuts chip weighting\n"
        "Shares of Samsung, TSMC and China's SMIC make up a third of the fund.",
        "猫の方が賢い\n中国と韓国の研究者が200匹を調べた。",
    ],
)
def test_a_country_that_a_sentence_names_by_the_way_is_none(built_in: Rulebook, text: str) -> None:
    """The last of a list, a view, a book and a likeness are no news of the country."""
    assert not topics_of(built_in, text)
