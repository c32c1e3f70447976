"""Lines that stand among the paragraphs of an article and are none of its text.

Class names do not give these lines away, since editors type them into the text field itself; their
words do. The lists are by purpose, each with the wordings of English, Chinese, Korean, Japanese and
the larger European languages, and only match short lines, anchored where the words also occur in
prose. Whatever a list says, a line longer than `LONGEST` is text.
"""

import re

LONGEST = 420  # bytes in UTF-8


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_LABEL = _any_of(
    # one word or two that name a piece of the page
    r"^\W*(?:advert(?:isement|ising)?|story continues below(?: this ad(?:vertisement)?)?|"
    r"article continues (?:below|after)\b.*|continue reading(?: below)?|scroll to continue.*|"
    r"anzeige|werbung|publicit[éà]|publicidade?|pubblicità|reklam[ae]?|реклама|annonce|mainos|"
    r"广告|廣告|광고|広告|スポンサーリンク)\W*$",
    r"^\W*(?:caption|close|share|print|topics?|tags?|comments?|e-?mail|copy link|save|listen|watch|"
    r"loading|embed|sources?|video|photos?|gallery|table of contents|contents|in this article|"
    r"teilen|drucken|kommentare|inhalt(?:sverzeichnis)?|partager|imprimer|commentaires|compartir|"
    r"condividi|stampa|commenti|comentarios|delen|dela|del|udostępnij|поделиться|комментарии|"
    r"공유|댓글|기사\s*듣기|글자\s*크기|인쇄|관련\s*기사|관련\s*뉴스|추천\s*기사|많이\s*본\s*뉴스|"
    r"分享|打印|字号|字號|评论|評論|留言|相关新闻|相關新聞|相关阅读|相關文章|延伸閱讀|延伸阅读|"
    r"推荐阅读|推薦閱讀|"
    r"閱讀更多|阅读更多|更多新聞|更多新闻|往下看更多文章|共有|シェア|関連記事|関連ニュース|"
    r"その他|続きを読む|もっと見る)"
    r"\s*[:：]?\W*$",
    r"^\W*[-–—_=*•·.…]{2,}\W*$",
    r"^\W*\+\d{1,3}\W*$",
    r"^▼?點擊圖片放大|^点击(?:查看|图片|进入)|^點擊(?:查看|進入)",
)

_READ_MORE = _any_of(
    r"^\W*(?:read|see|watch|listen|hear)(?: (?:more|also|next|on|here|now))?\s*[:|>»]",
    r"^\W*(?:read (?:more|also|next)|also read|see also|more(?: on this)?:|more (?:on|from|"
    r"stories|great)\b.{0,60}$|"
    r"related(?: (?:stories|articles?|content|links?|topics?|coverage|news))?\s*(?::|$)|"
    r"recommended(?: for you)?\s*:?$|"
    r"you (?:may|might) also (?:like|be interested)|don'?t miss\s*[:!]?|what to read next|"
    r"keep reading|"
    r"trending(?: now)?\s*:?$|most (?:read|popular)\b.{0,20}$|top stories\s*:?$|latest (?:news|"
    r"stories|videos)\b.{0,20}$|"
    r"editor'?s? picks?|further reading\s*:?$|click here|tap here)",
    r"^\W*(?:lesen sie|lies (?:auch|hier)|mehr (?:zum thema|dazu|lesen|aus|von|nachrichten)|"
    r"auch interessant|"
    r"das könnte (?:sie|dich) (?:auch )?interessieren|passend zum artikel|zum thema\s*:?$|"
    r"weitere (?:artikel|themen|meldungen)|"
    r"siehe auch|hier (?:lesen|geht es)|mehr:|weiterlesen|empfehlungen der redaktion|"
    r"empfohlener (?:redaktioneller|externer) inhalt)",
    r"^\W*(?:lire aussi|à lire(?: aussi| également)?\b|à découvrir(?: également)?|voir aussi|"
    r"sur le même sujet|pour aller plus loin|"
    r"notre dossier|lea también|leer (?:más|también)|te puede interesar|para saber más|"
    r"más información\s*:?$|ver también|"
    r"noticias? relacionadas?|leggi anche|leggi (?:gli|l'|il)|ti potrebbe interessare|"
    r"per approfondire|"
    r"leia (?:também|mais)|veja também|saiba mais|lees (?:ook|meer)|meer lezen|læs (?:også|"
    r"mere)|les (?:også|mer)|läs (?:också|mer|även)|"
    r"lue myös|czytaj (?:też|także|więcej|również)|zobacz (?:też|także|również)|přečtěte si|"
    r"čtěte také|olvass|ayrıca (?:bkz|oku)|"
    r"ilgili haber|читайте? (?:также|ещё|еще)|см\. также|читайте також|baca (?:juga|"
    r"selengkapnya)|soma zaidi|soma pia)",
    r"^\W*(?:点击进入专题|相关链接|相关报道|相關報導|相關新聞|相关新闻|相關文章|相关阅读|"
    r"延伸閱讀|延伸阅读|推荐阅读|更多.{0,12}(?:新聞|新闻|文章|影片|內容|内容)\s*[:：]?$|"
    r"最新影片推介|(?:看|閱讀|阅读)更多|同場加映|熱門文章|热门文章|編輯推介|編輯推薦|"
    r"你可能也想看|更多報導|"
    r"【?(?:延伸|推薦|推荐)(?:閱讀|阅读)】?|▶|▷|►|☞|👉|➤)",
    r"^\W*(?:관련\s*기사|관련\s*뉴스|더\s*보기|기사\s*더\s*보기|이\s*기사도|많이\s*본|☞)",
    r"^\W*(?:関連(?:記事|リンク|ニュース|キーワード)|あわせて読みたい|合わせて読みたい|こちらも|"
    r"おすすめ記事|【関連|"
    r"[>＞≫▶→].{0,40}(?:はこちら|を見る|を読む)|.{0,40}(?:はこちら|をもっと見る)[。！!]?$)",
)

_PITCH = _any_of(
    r"^\W*(?:sign up|subscribe|register (?:now|here|for)|follow (?:us|the|our|@|\w+ on)\b|"
    r"join (?:us|our|the|now)\b|"
    r"like (?:us|this story)|share this|share your|download (?:the|our)|get (?:the latest|our|"
    r"more|breaking|unlimited|access|real-time|"
    r"daily|exclusive)\b|stay (?:up to date|informed|connected)|support (?:our|independent|"
    r"quality)|donate\b|"
    r"become a (?:member|subscriber|supporter)|want (?:more|to read)\b|have (?:a|"
    r"you got a) (?:tip|story|question)|got a (?:tip|story)|"
    r"do you have (?:a|any) (?:tip|story|question)|tell us what|let us know|send (?:us|your)|"
    r"contact (?:us|the author|the reporter)|"
    r"add us as|make us your|listen to .{0,40}(?:podcast|live)|this (?:article|story) (?:is|"
    r"was) (?:first|originally) published|"
    r"this content is reserved|create an account|already (?:a subscriber|have an account)|"
    r"log in\b|thank you for registering|"
    r"our community members|if you (?:buy|purchase|click)|we may (?:earn|receive)|"
    r"reach(?: the (?:reporter|author))? .{0,40}at\b.{0,60}@|"
    r"if you enjoyed|check out (?:our|more)|visit our)",
    r"\b(?:sign up (?:for|to) (?:our|the|receive|get)|subscribe (?:to|here|now)|our (?:daily |"
    r"weekly |free )?newsletter|right in your inbox|"
    r"in your inbox|affiliate (?:commission|link)|terms (?:of|and) (?:use|service|conditions)|"
    r"privacy policy|"
    r"follow .{0,40}on (?:twitter|facebook|instagram|google news|x\b|whatsapp|telegram)|"
    r"google news feeds?|preferred source|"
    r"personalised ads|external content|cookie(?:s|-)? ?(?:settings|policy|"
    r"consent)?\b.{0,40}(?:accept|allow))",
    r"^\W*(?:(?:jetzt|hier) (?:abonnieren|anmelden|bestellen|testen|registrieren)|"
    r"abonnieren sie|melden sie sich|newsletter\b|"
    r"folgen sie|folge(?:n)? (?:uns|bild)|laden sie|unterstützen sie|spenden sie|"
    r"externer inhalt|an dieser stelle (?:findest|finden)|"
    r"deine privatsphäre|ich bin damit einverstanden|um (?:diesen|den) inhalt|mit ihrer zustimmung|"
    r"wir benötigen (?:ihre|deine)|hat ihnen dieser artikel|empfohlen?er externer|"
    r"hier finden sie einen externen|"
    r"abonnez-vous|inscrivez-vous|recevez|suivez[- ]|s’inscrire|je m’abonne|il vous reste|"
    r"la suite est réservée|"
    r"suscríbe(?:te|se)|regístrate|síguenos|apúntate|iscriviti|seguici|abbonati|"
    r"resta aggiornato|assine|siga|inscreva-se|"
    r"abonneer|meld je aan|volg ons|tilmeld|prenumerera|följ oss|abonner|følg oss|subskrybuj|"
    r"obserwuj|zapisz się|"
    r"подпис(?:ывайтесь|аться|ка)|подписывайся|следите за|підписуйтесь|abone ol|takip ed|ikuti|"
    r"cek berita|fuata)",
    r"(?:扫描二维码|扫码|掃描|長按識別|长按识别|关注.{0,12}(?:公众号|微信|微博)|公众号$|"
    r"我要反馈|下载.{0,12}(?:客户端|APP)|下載.{0,14}APP|"
    r"APP(?:經已|已經|下載)|立即報料|報料|爆料熱線|訂閱|订阅.{0,10}(?:电子报|頻道)|"
    r"加入.{0,10}(?:會員|会员|群組|LINE)|追蹤.{0,20}(?:IG|Instagram|專頁|粉絲)|"
    r"粉絲團|粉丝团|按讚|点赞|在看|転載|免費下載|查詢時效|付費會員|參與互動$)",
    r"(?:카카오톡|네이버.{0,12}(?:구독|채널)|구독(?:하기|신청|하세요)|제보(?:하기|는|를|"
    r"\s*[:：])|앱\s*다운로드|채널\s*추가|친구\s*추가|뉴스레터)",
    r"(?:メルマガ|会員登録|無料登録|ログイン(?:する|して)|フォロー(?:する|して)|アプリ(?:を|"
    r"で)(?:ダウンロード|見る)|有料会員|この記事は有料|残り\d+文字)",
)

_RIGHTS = _any_of(
    r"^\W*(?:©|\(c\)\s|copyright\b|copyleft)|©\s*(?:\d{4}|copyright)|all rights reserved|"
    r"may not be (?:published|reproduced|reprinted)|^\W*(?:alle rechte vorbehalten|"
    r"tous droits réservés|"
    r"todos los derechos reservados|tutti i diritti|riproduzione riservata|todos os direitos|"
    r"wszelkie prawa)",
    r"riproduzione riservata|\breservados todos\b",
    r"무단\s*(?:전재|복제)|재배포\s*금지|저작권자?|ⓒ|AI\s*학습",
    r"版权(?:所有|声明|归)|版權(?:所有|聲明)|未经.{0,12}(?:授权|许可|同意)|未經.{0,12}(?:授權|"
    r"許可|同意)|不得转载|不得轉載|禁止转载|"
    r"转载请|轉載請|免责声明|免責聲明|本文来源|本文來源|仅代表作者|僅代表作者|特别声明|特別聲明|"
    r"图片(?:均)?来(?:自|源)",
    r"無断(?:転載|複製|使用)|(?:無断|許可なく).{0,12}禁じ|著作権",
)

_CREW = _any_of(
    # who wrote, filmed, edited or passed it on, on a line of its own
    r"^[\[(（【]?\s*(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對|审核|審核|主编|编审|监制|"
    r"監製|供稿|来源|來源|稿源|作者|记者|記者|文|文字|"
    r"撰文|摄影|攝影|执笔|撰稿|图片来源|圖片來源|视频来源|综合|編譯|编译|翻译|翻譯|原标题|"
    r"原標題|原题|责任|值班编辑)\s*(?:[:：/／|｜]|丨)",
    r"^[（(【\[]?(?:原标题|原標題|编辑|編輯|责编|责任编辑|作者|记者|記者|来源|"
    r"來源)\s*[:：].{0,80}[)）】\]]?$",
    r"^(?:[\u4e00-\u9fff《》]{0,10}(?:记者|記者|作者|通讯员|編輯|编辑|"
    r"中心)\s*[/／:： ]?\s*[\u4e00-\u9fff· 、]{2,18}|"
    r"[\u4e00-\u9fff]{2,4}中心\s*[／/]\s*.{2,12}(?:報導|报道))$",
    r"^[（(][\u4e00-\u9fff]{2,8}\s*[)）]$",
    r"^\W*(?:영상\s*(?:취재|편집)|촬영|취재|편집|그래픽|정리|사진|글|디자인|영상디자인|"
    r"제작)\s*[:：/=]|"
    r"^[\[(【]?\s*[가-힣]{2,4}\s*(?:[가-힣A-Z]{0,8}\s*)?(?:기자|특파원|앵커|논설위원|선임기자|"
    r"인턴기자|에디터)\s*[\])】]?(?:\s*[\w.+-]+@[\w.-]+)?\s*[\])】]?$|"
    r"^[\[(【]\s*[가-힣 ]{2,14}(?:기자|특파원)\s*[\])】]$|"
    r"^[가-힣A-Z]{2,10}\s*[가-힣]{2,4}입니다\.\s*[\[(]?[\w.+-]+@[\w.-]+[\])]?$",
    r"^(?:取材|撮影|文|写真|編集|構成|ライター|翻訳|聞き手|協力)\s*[:：=＝/／・]|"
    r"^【[^】 가-힣]{2,16}】$|^[（(][^（）()]{2,12}(?:記者|通信員|編集部|支局)[)）]$",
    r"^\W*(?:with |additional )?(?:reporting|writing|editing|edited|compiled|translated|"
    r"produced|written) (?:by|from)\b",
    r"\bcontributed (?:to|reporting)\b|\breporting (?:by|from) .{0,80}(?:editing|writing) by\b|"
    r"^\W*(?:additional|with) (?:reporting|material|files|inputs?)\b",
    r"^\W*(?:source|quelle|fonte|fuente|kilde|källa|źródło|источник|bron|kaynak)s?\s*[:：]",
    r"^[(\[]?(?:(?:mit|von|quelle:?|avec|con|with) )?(?:(?:material von )?(?:dpa|afp|apa|sda|"
    r"reuters|ap|epd|kna|sid|ansa|efe|lusa|ntb|tt|pap|"
    r"adn|mar|bnr|red|jse|sep)(?:[/, \-]+(?:und )?|$|[)\]]))+[.)\]]*$|^mit agenturmaterial\W*$",
    r"^\W*[\w.+-]+@[\w-]+\.[\w.-]+\W*$|^\W*(?:https?://|www\.|(?:twitter|facebook|"
    r"instagram)\.com/)\S+$|^@\w+$",
    r"^\W*(?:aus dem (?:englischen|französischen|russischen|spanischen)|traduit|traducción|"
    r"traduzione|übersetz)",
    r"^(?:von|par|by|di|de|por|av|af|door|autor(?:in|en)?:?|text:|auteur\s*:|written by|"
    r"words by)\s+[A-ZÀ-Þ][^.!?]{2,60}$",
)

_CLOCK = _any_of(
    r"^\W*(?:published|updated|posted|last (?:updated|modified)|first published|created|date|"
    r"stand|veröffentlicht|publiziert|aktualisiert|"
    r"erstellt|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato|"
    r"gepubliceerd|opdateret|publisert|uppdaterad|"
    r"publicerad|opublikowano|aktualizacja|publikacja|обновлено|опубликовано|入力|修正|입력|"
    r"수정|등록|송고|승인|最後更新|最新更新|更新時間|更新时间|更新日|"
    r"發佈|发布|發布|公開|掲載|投稿|配信)\w*\W.{0,60}\d",
    r"^\W*(?:\w+,? )?\d{1,4}[./年\-–년 ]+\s*(?:\d{1,2}|"
    r"\w{3,9})[./月\-–월 ,]+\s*\d{1,4}\s*[日일.]?\D{0,25}(?:\d{1,2}[:.시時h]\d{2}.{0,40})?$",
    r"^\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:jan|feb|mar|apr|may|jun|jul|aug|"
    r"sep|oct|nov|dec)\w*\.? \d{1,2},? \d{4}.{0,30}$",
    r"^\W*\d{1,2}:\d{2}(?::\d{2})?\W*(?:am|pm|uhr|et|gmt|kst|jst)?\W*$",
    r"^\W*\d+ (?:min(?:ute)?s?|hours?|days?|stunden?|minuten?)\b.{0,14}$|\b(?:min read|"
    r"minute read|lesezeit|lesedauer|temps de lecture|reading time)\b",
)

_HELP = _any_of(
    r"(?:自殺|自杀|珍惜生命|生命線|生命线|張老師|安心專線|諮詢專線|咨询热线|求助熱線|求助热线|"
    r"防治).{0,40}(?:專線|热线|熱線|[:：]\s*\d{3,}|\d{4,})|"
    r"^(?:生命線|張老師|安心專線|自殺防治).{0,20}\d|^自殺(?:解決|不能).{0,30}|"
    r"^再給自己.{0,6}機會|關心您|關心您[:：]",
    r"(?:자살예방|생명의\s*전화|정신건강|위기상담).{0,30}\d{3,}",
    r"(?:いのちの電話|こころの健康相談|よりそいホットライン).{0,40}\d",
    r"\b(?:samaritans|lifeline|suicide (?:prevention|hotline)|crisis (?:line|text line)|"
    r"telefonseelsorge)\b.{0,80}\d{3,}",
)

_CAPTION = _any_of(
    r"^\s*(?:photo(?:graph)?|image|picture|foto|fotos|bild|photo credit|file photo|credit|"
    r"crédit|imagen|immagine|zdjęcie|фото)"
    r"(?:\s+(?:by|via|von|credit|courtesy|source)\b|s?\s*[:：/©=|])",
    r"[(（\[][^()（）\[\]]{0,60}\b(?:photo|image|file|credit|courtesy|getty|reuters|"
    r"shutterstock|screenshot|screengrab|afp|ap photo|istock|"
    r"xinhua|bloomberg|picture alliance|imago|dpa)\b[^()（）\[\]]{0,60}[)）\]]\s*$",
    r"(?:\s|/|\|)(?:©|Getty Images|AP Photo|AFP|CFP|VCG|Shutterstock|EPA(?:-EFE)?|iStock|Yonhap|"
    r"Xinhua|REUTERS)(?:/[\w .&-]+)?\s*$",
    r"^\s*(?:photos?\s*)?©|\s©\s?\S[^.]{0,50}$",
    r"[（(\[][^（）()]{0,40}(?:供图|供圖|摄|攝|图片|圖片|截图|截圖|提供|資料圖|资料图|網上圖片|"
    r"翻攝|視覺中國|视觉中国|新华社|新華社|中新社|路透|美聯社|法新社|Shutterstock|GETTY)"
    r"[^（）()]{0,30}[)）\]]\s*[。]?$",
    r"^[▲△▼↑◀▶◆●]{1,2}\s*\S|^(?:图|圖|配图|題圖|题图|封面图|資料圖片|"
    r"资料图片)\s*[:：/／|｜丨]|(?:視頻|视频)?截(?:图|圖)$|(?:资料图|資料圖|資料圖片|资料图片)$",
    r"(?:사진|그래픽|자료|이미지)\s*[=＝:：ㅣ|/]\s*\S|[(\[（][^()]{0,30}(?:사진|캡처|제공|"
    r"뉴시스|연합뉴스|뉴스1|게티이미지)[^()]{0,30}[)\]）]\s*$|[=/]\s*(?:연합뉴스|뉴시스|뉴스1|"
    r"로이터|AP|AFP|EPA)\s*$",
    r"[（(＝=][^（）()]{0,30}(?:撮影|提供|写真|ロイター|共同|時事|ゲッティ|"
    r"アフロ)[^（）()]{0,20}[)）]?\s*$|^(?:写真|画像|図)\s*[:：/／＝=]",
)

_CONTACT = re.compile(r"\s*[\[(（【<]?\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*[\])）】>]?\s*$")
_SENTENCE_END = re.compile(r"[.!?…।。！？][\"'”’»」』)\]）]*$")


def is_furniture(text: str) -> bool:
    """Tell whether a line is page furniture by its words.

    Args:
        text: one line, white space folded.
    """
    if len(text.encode("utf-8", "replace")) > LONGEST:
        return False
    return any(
        pattern.search(text) is not None
        for pattern in (_LABEL, _READ_MORE, _PITCH, _RIGHTS, _CREW, _CLOCK, _HELP)
    )


def without_contact(text: str) -> str:
    """Return a line without the mail address a reporter signs it with."""
    return _CONTACT.sub("", text) if "@" in text else text


def is_caption(text: str) -> bool:
    """Tell whether a line reads like a picture's caption or credit."""
    return len(text) < 300 and _CAPTION.search(text) is not None


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    return _SENTENCE_END.search(text) is not None
