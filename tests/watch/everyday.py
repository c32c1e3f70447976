"""A stream of everyday headlines in four languages, of which no one belongs to a built-in topic.

Templates with slots, filled by a generator of fixed seed: dates, sport, business, weather, culture,
lists of countries, districts and stations. Many hold a country's name or letters that look like
one; none is about China with South Korea, or about the Peninsula. A flag on any of them is wrong.
"""

import random
import re
from collections.abc import Iterator

SEED = 20261128
_SLOT = re.compile(r"\{(\w+)\}")

SLOTS: dict[str, dict[str, str]] = {
    "en": {
        "n": "2,3,5,7,11,14,19,23,30,48,75,120",
        "day": "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
        "month": "January,March,May,July,October,December",
        "city": (
            "Seoul,Busan,Beijing,Shanghai,Tokyo,Lon"
            "don,Leeds,Boston,Lima,Oslo,Hanoi,Daegu"
        ),
        "land": (
            "China,South Korea,Japan,India,Vietna"
            "m,Germany,Brazil,Canada,Mexico,Kenya"
        ),
        "folk": "Chinese,South Korean,Japanese,Indian,German,British,Kenyan,Thai",
        "sport": "tennis,badminton,curling,golf,archery,volleyball,chess,judo",
        "firm": "Samsung,Hyundai,Tencent,Alibaba,Apple,Siemens,Toyota,Nestle,LG",
        "good": "phones,cars,chips,noodles,shoes,batteries,toys,coffee,skin cream",
        "name": "Kim,Lee,Park,Wang,Li,Zhang,Moon,Cho,Smith,Garcia,Chen,Han",
        "art": "film,novel,musical,exhibition,album,drama,cookbook",
    },
    "ko": {
        "n": "2,3,5,7,11,14,19,23,30,48,75,120",
        "region": "전북,경북,충북,전남,경남,강북구,성북구,북구,대구 북구,제주,강원,부산 동래구",
        "city": "서울,부산,대구,베이징,상하이,도쿄,런던,하노이,전주,청주,수원",
        "land": "중국,일본,미국,인도,베트남,독일,브라질,캐나다,호주",
        "sport": "축구,배구,탁구,배드민턴,야구,양궁,쇼트트랙,바둑",
        "firm": "삼성전자,현대차,LG화학,조선소,한미약품,네이버,알리바바,BYD,한화오션,SK하이닉스",
        "good": "스마트폰,라면,반도체,배터리,화장품,커피,전기차",
        "name": "김정일,조현우,박진영,왕이슬,최현호,김영철,이창호",
        "art": "영화,소설,뮤지컬,전시회,드라마,앨범",
        "time": "오전,오후,새벽,주중,주말",
    },
    "zh": {
        "n": "2,3,5,7,11,14,19,23,30,48,75,120",
        "city": "北京,上海,首尔,釜山,東京,朝阳区,新北,台中,高雄,集安,大连,韩城,青島",
        "land": "中国,韩国,日本,美国,印度,越南,德国,巴西,法国",
        "sport": "足球,羽毛球,乒乓球,排球,围棋,网球,游泳",
        "firm": "三星,现代汽车,华为,阿里巴巴,苹果,台積電,丰田,腾讯",
        "good": "手机,汽车,芯片,面条,电池,咖啡,化妆品",
        "art": "电影,小说,音乐剧,展览,电视剧,专辑",
        "pre": "其,集,途,空,手,高,初,年,海,心",
        "name": "韩国瑜,韩红,朴振英,李在明,王毅夫,文在寅,金正,韩正",
    },
    "ja": {
        "n": "2,3,5,7,11,14,19,23,30",
        "city": "東京,大阪,北京,上海,ソウル,釜山,北九州,広島,札幌,台北,青島,大連",
        "land": "中国,韓国,日本,米国,インド,ベトナム,ドイツ,ブラジル,タイ",
        "sport": "サッカー,野球,卓球,バドミントン,囲碁,将棋,カーリング",
        "firm": "サムスン,トヨタ,楽天,ファーウェイ,アップル,ソニー,エクソン,ネクソン",
        "good": "スマホ,自動車,半導体,化粧品,冷麺,電池,お茶",
        "art": "映画,小説,ドラマ,展覧会,アルバム",
        "date": "1日朝,2日朝,12日朝,25日朝,31日朝,今日朝,土日朝",
        "name": "韓国太郎,北朝子,中村,金田,朴さん,李さん,習田",
    },
}  # fmt: skip

TEMPLATES: dict[str, list[str]] = {
    "en": """
{folk} {sport} player wins {n}th title in {city}
{land} beats {land} {n}-{n} in {sport} final
{land}, {land}, {land} top list of coffee importers
{city} to host world {sport} championship in {month}
Rain to last until {day} in {city}, forecasters say
{firm} to sell {good} in {n} more countries
{firm} shares fall {n} pct on weak {good} sales
New {art} by {name} opens in {city} on {day}
{folk} chef opens noodle bar in {city}
{name}, {name} share lead at {city} Open
Airline adds flights from {city} to Lima
{n} hurt as bus overturns near {city}
{city} zoo welcomes red panda cubs
{land} and {land} lead medal table after day {n}
Study: {n} pct of {folk} teens sleep too little
How to cook {folk} {good} at home
Global {good} market grows {n} pct, {land} leads
North of England braces for snow on {day}
South Dakota town wins chili contest
Kim's Convenience star lands new {art}
Moon festival draws {n},000 to {city}
Park rangers rescue hikers north of {city}
{city} museum shows Greek vases
Review: {folk} {art} is a quiet triumph
Peninsula school reopens after flood
Opinion: What {land} can learn from {land} on trains
Tariffs bite makers of {good} in {land}, {land} and {land}
EU looks into {good} from {land}, {land}
WHO: flu cases up in {land}, {land} and {land}
Stocks: {city} up, {city} flat, {city} down
Marathon: {folk} runner breaks course record in {city}
Chinatown grocers sell more {good} before New Year
Korean War veteran, {n}0, honoured in Ohio
{name} leads {land} squad for {sport} cup
Fashion week: {folk} designers shine in {city}
{firm} settles patent case in Texas
Earthquake shakes {land}; no damage in {city}
World's tallest Ferris wheel to rise in {city}
Tourists from {land}, {land} return to Bali
Dinosaur tracks found on peninsula in {land}
""",
    "ko": """
{region}, 핵심 산업 {n}개 육성
{region}, 미사용 시설 {n}곳 정비
{region} 북부권 {good} 축제 개막
{sport} 대표팀, {land}에 {n}-{n} 승
{land} {sport} 선수, {city} 대회 우승
{firm}, {good} 신제품 {n}종 공개
{firm} 주가 {n}% 하락
{firm}, {land}·{land} 시장 공략
내일 {city} 흐리고 비…{time} 기온 {n}도
{time} 중부 지방 미세먼지 나쁨
{name} 대표, 장학금 {n}억 기부
{name} 교수 신간 출간
새 {art} '{city}의 밤' {n}만 관객 돌파
{city}시, {land} 도시와 {good} 직거래 장터
{city} 지하철 {n}호선 연장 추진
아파트값 {n}주째 상승…강남북 격차
신중한 투자 필요…전문가 {n}명 설문
전라선 KTX {n}회 증편
{region}청장, 어린이집 방문
{city} 마라톤에 {n}천명 참가
방한용품 판매 {n}% 늘어
한반도 덮은 찬 공기…{city} 영하 {n}도
백두산 닮은 케이크 화제
{land} 드라마 리메이크작 방영
[부고] {name} 씨 모친상
[인사] {region}청
고교 {sport}부, 중2 유망주 영입
{city} 맛집 {n}선…평양냉면부터 짜장면까지
중견기업 {n}곳, {region}에 투자 MOU
북카페 '{city}' 문 열어
대북 공연으로 {region} 축제 시작
수출 {n}% 증가…{land}·{land}·{land} 순
{land}, {land}, {land} 증시 동반 하락
[매일 중국어] {n}과
조선업계 하청 노동자 {n}명 채용
{n}월 물가 {n}% 올라
{art} 거장 {name} 감독 회고전
중동 정세에 {firm} 타격
항공권 {n}% 할인…{city}·{city}·{city} 노선
통일로 {n}km 구간 통제
""",
    "zh": """
{pre}中韩国产品占{n}成
{pre}中朝气蓬勃的年轻人{n}名
{city}降雨{n}毫米 市民注意出行
{city}地铁{n}号线开通
{land}{sport}队{n}比{n}战胜{land}队
{land}、{land}、{land}游客人数居前
{firm}发布新款{good}
{firm}股价下跌{n}%
{firm}在{land}、{land}推出{good}
{art}《{city}之夜》票房破{n}亿
{name}出席活动
{name}新歌发布
{city}举行马拉松 {n}千人参加
专家：{good}市场增长{n}%
今晨{n}时起{city}朝核心区方向限行
外资对北京楼市看法改善
对朝阳区{n}所学校检查
{land}进口{good}增{n}%
欧盟对{land}、{land}、{land}{good}征税
{city}博物馆展出宋朝中期文物{n}件
{city}動物園貓熊滿{n}歲
新北韓式餐廳開幕
立院對朝野協商再延{n}天
南韓{good}熱賣 台灣通路搶進
中職韓籍投手好投{n}局
日本{n}月外国游客 其中韩国最多
{n}名留学生获奖 来自{land}、{land}
气象台：{city}最低温{n}度
{city}火锅店推出韩式料理
亚洲股市：{city}涨 {city}跌
半岛酒店{n}周年
山东半岛迎来大雪
统一部署冬季供暖 {city}提前{n}天
{sport}公开赛：{land}选手夺冠
资金正恩惠小微企业 {n}项措施落地
高铁{n}月调图 {city}至广州更快
学校集中韩语教学资源
{land}电影节开幕 {n}部影片入围
乐天派青年的{n}个习惯
台風路徑：{land}、{land}需警戒
""",
    "ja": """
{date}、{city}で震度{n}
{date}の通勤電車に遅れ
{land}代表、{sport}で{land}に{n}-{n}
{sport}の{land}選手、{city}で優勝
{firm}、{good}を値上げ
{firm}の株価{n}%下落
{land}・{land}・{land}からの観光客が増加
新作{art}「{city}の夜」公開
{city}で大雨、{n}人避難
{city}マラソンに{n}千人
来日中韓国人歌手がライブ
夏休み中朝顔を育てる児童{n}人
統一地方選、{city}で{n}人が立候補
中国地方は雪、{n}センチ
{name}、{city}で個展
{good}の輸出{n}%増
{firm}、九州に新工場
日米韓の{sport}ファンが集う
中韓台の{good}株が下落
対北九州戦、{n}-{n}で引き分け
北の{good}フェア、{city}で開催
{n}月の訪日客、{land}が最多
朝鮮人参入り{good}を発売
半島の灯台{n}基を修復
連日朝から行列 {city}の新店
{land}ドラマ、{n}月に放送
青島神社で初詣
大連載「{city}の味」{n}回目
桂米朝の落語を聴く会 {city}
省エネ家電の統一省エネラベル
ヒロ朝市、{n}年ぶり
来訪中の画家、{city}で講演
南北に長い{city}の桜前線
欧州が{land}・{land}製{good}に関税
中国電力、{n}%値上げ
{sport}アジア杯、韓国が中国破る
校内での{good}使用、中韓でも議論
金星が{date}に最接近
サード強襲の安打で{n}点 {sport}
アジア株：{city}高、{city}安
""",
}


def lines(per_language: int = 650) -> Iterator[tuple[str, str]]:
    """Yield (language, headline), as many of each language, always the same."""
    chance = random.Random(SEED)
    for language, block in TEMPLATES.items():
        templates = block.strip().split("\n")
        slots = {kind: words.split(",") for kind, words in SLOTS[language].items()}
        for number in range(per_language):
            filled = _filled(templates[number % len(templates)], slots, chance)
            yield language, filled


def _filled(template: str, slots: dict[str, list[str]], chance: random.Random) -> str:
    """Fill the slots; one kind of slot is never filled alike twice."""
    bags: dict[str, list[str]] = {}

    def fill(match: re.Match[str]) -> str:
        kind = match[1]
        if not bags.get(kind):
            bags[kind] = chance.sample(slots[kind], len(slots[kind]))
        return bags[kind].pop()

    return _SLOT.sub(fill, template)
