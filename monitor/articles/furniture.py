"""Lines that stand among the paragraphs of an article and are none of its text.

Class names do not give these lines away, since editors type them into the text field itself; their
words do. The lists go by purpose, each with the wordings of English, Chinese, Korean, Japanese and
the larger European languages. They are anchored at the start of the line wherever the words also
occur in prose, and no line longer than `LONGEST` is ever taken for furniture.
"""

import re

LONGEST = 420  # bytes in UTF-8


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_START = r"^[^\w¿¡<]*"

# A word or two that name a piece of the page.
_LABEL = _any_of(
    _START + r"(?:advert(?:isement|ising)?|story continues below.{0,30}|article continues .{0,30}|"
    r"continue reading(?: below)?|scroll to continue.{0,30}|anzeige|werbung|publicit[éà]|"
    r"publicidade?|pubblicità|reklam[ae]?|реклама|annonce|mainos|iklan|oglas|hirdetés|"
    r"广告|廣告|광고|広告|スポンサーリンク)\W*$",
    _START + r"(?:caption|close|share|print|topics?|tags?|comments?|e-?mail|copy link|save|listen|"
    r"watch|loading|embed|gallery|table of contents|contents|in this article|placeholder image.{0,4}|"
    r"teilen|drucken|kommentare|inhalt(?:sverzeichnis)?|partager|imprimer|commentaires|compartir|"
    r"condividi|stampa|commenti|comentarios|delen|dela|del|udostępnij|поделиться|комментарии|отзывы|"
    r"weitere informationen|"
    r"공유|댓글|기사\s*듣기|글자\s*크기|인쇄|관련\s*기사|관련\s*뉴스|추천\s*기사|많이\s*본\s*뉴스|"
    r"分享|打印|字号|字號|评论|評論|留言|相关新闻|相關新聞|相关阅读|相關文章|延伸閱讀|延伸阅读|推荐阅读|"
    r"推薦閱讀|閱讀更多|阅读更多|更多新聞|更多新闻|往下看更多文章|請繼續往下閱讀|请继续往下阅读|"
    r"共有|シェア|関連記事|関連ニュース|その他|続きを読む|もっと見る)"
    r"\s*[:：]?\W*$",
    r"^[^\w【】]*[-–—=*•·.…]{2,}[^\w【】]*$|^\W?\+\d{1,3}\W?$",
    r"^▼?點擊圖片放大|^点击(?:查看|图片|进入)|^點擊(?:查看|進入)",
    _START
    + r"(?:filed under|posted (?:in|on|by)|categor(?:y|ies)|tagged|tags?|keywords?|schlagworte|"
    r"标签|標籤|關鍵字|关键词|キーワード|태그)\s*[:：|]",
)

# Leads to other stories.
_READ_MORE = _any_of(
    _START + r"(?:read|see|watch|listen|hear)(?: (?:more|also|next|on|here|now))?\s*[:|>»]",
    _START + r"(?:read (?:more|also|next)|also read|see also|more(?: on this)?:|"
    r"more (?:on|from|stories|great|about)\b.{0,60}$|"
    r"related(?: (?:stories|articles?|content|links?|topics?|coverage|news|posts?))?\s*(?::|$)|"
    r"recommended(?: for you)?\s*:?$|you (?:may|might) also (?:like|be interested)|"
    r"don'?t miss\s*[:!]?$|what to read next|keep reading|trending(?: now)?\s*:?$|"
    r"most (?:read|popular)\b.{0,20}$|top stories\s*:?$|latest (?:news|stories|videos)\b.{0,20}$|"
    r"editor'?s? picks?|further reading\s*:?$|click here to|tap here|"
    r"this is a (?:breaking|developing) (?:new |news )?story\b.{0,60}$|our standards:)",
    _START
    + r"(?:lesen sie|lies (?:auch|hier)|mehr (?:zum thema|dazu|lesen|nachrichten|über .{2,50} lesen)|"
    r"auch interessant|das könnte (?:sie|dich) (?:auch )?interessieren|passend zum artikel|"
    r"zum thema\s*:?$|weitere (?:artikel|themen|meldungen)|siehe auch|hier (?:lesen|geht es|finden sie)|"
    r"mehr:|weiterlesen|empfehlungen der redaktion|dieses thema im programm|"
    r"empfohlener (?:redaktioneller|externer) inhalt|lest den originalartikel)",
    _START + r"(?:lire aussi|à lire(?: aussi| également)?\b|à découvrir(?: également)?|voir aussi|"
    r"sur le même sujet|pour aller plus loin|notre dossier|ajouter à vos sélections|"
    r"lea también|leer (?:más|también)|te puede interesar|para saber más|más información\s*:?$|"
    r"ver también|noticias? relacionadas?|leggi anche|leggi (?:gli|l'|il)|ti potrebbe interessare|"
    r"per approfondire|leia (?:também|mais)|veja também|saiba mais|lees (?:ook|meer)|meer lezen|"
    r"læs (?:også|mere)|les (?:også|mer)|läs (?:också|mer|även)|lue myös|"
    r"czytaj (?:też|także|więcej|również)|zobacz (?:też|także|również)|přečtěte si|čtěte také|"
    r"mohlo by vás zajímat|ayrıca (?:bkz|oku)|ilgili haber|читайте? (?:также|ещё|еще)|см\. также|"
    r"читайте також|baca (?:juga|selengkapnya)|soma (?:zaidi|pia)|funda olunye)",
    _START
    + r"(?:点击进入专题|相关链接|相关报道|相關報導|相關新聞|相关新闻|相關文章|相关阅读|延伸閱讀|"
    r"延伸阅读|推荐阅读|更多.{0,12}(?:新聞|新闻|文章|影片|內容|内容)|最新影片推介|(?:看|閱讀|阅读)更多|"
    r"同場加映|熱門文章|热门文章|編輯推介|編輯推薦|你可能也想看|更多報導|推薦閱讀)",
    r"^[>＞≫»→]{2,}|^[>＞≫»→☞👉➤]\s",
    _START
    + r"(?:관련\s*기사|관련\s*뉴스|더\s*보기|기사\s*더\s*보기|많이\s*본|이\s*시각\s*(?:주요|인기))|"
    r"^[▶☞].{0,60}(?:바로\s*가기|보기|클릭|구독)",
    _START
    + r"(?:関連(?:記事|リンク|ニュース|キーワード)|あわせて読みたい|合わせて読みたい|こちらも|"
    r"おすすめ記事)|.{0,40}(?:はこちら|をもっと見る)[。！!]?$",
)

# Asks to subscribe, follow, write, give, allow or install.
_PITCH = _any_of(
    _START + r"(?:sign up|subscribe|register (?:now|here|for)|follow (?:us|the|our|@|\w+ on)\b|"
    r"join (?:us|our|the (?:conversation|discussion)|now)\b|like (?:us|this story)|share (?:this|your)|"
    r"download (?:the|our)|get (?:the latest|our|more|breaking|unlimited|access|real-time|daily|"
    r"exclusive)\b|get .{0,60}(?:delivered|inbox)\b|stay (?:up to date|informed|connected)|"
    r"support (?:our|independent|quality)|donate\b|become a (?:member|subscriber|supporter)|"
    r"want (?:more|to read)\b|(?:have|got|do you have) (?:a|any|you got a) (?:tip|story|question)|"
    r"tell us what|let us know|send (?:us|your)|contact (?:us|the author|the reporter)|add us as|"
    r"make us your|listen to .{0,40}(?:podcast|live)|this content is reserved|create an account|"
    r"(?:register / )?sign in to|already (?:a subscriber|have an account)|log in\b|"
    r"thank you for (?:registering|subscribing)|our community members|if you (?:buy|purchase|click)|"
    r"we may (?:earn|receive)|reach .{0,40}at\b.{0,60}@|if you enjoyed|check out (?:our|more)|"
    r"visit our|view .{0,20}comments?|leave a (?:comment|reply))",
    r"\b(?:sign up (?:for|to) (?:our|receive|get)|subscribe (?:to our|here|now)|our (?:daily |weekly |"
    r"free )?newsletter|(?:in|to) your inbox|affiliate (?:commission|link)|privacy policy|"
    r"follow .{0,40}on (?:twitter|facebook|instagram|google news|x\b|whatsapp|telegram)|"
    r"google news|preferred source|external content|we'?d like to hear (?:from|what)|"
    r"your privacy settings|cookie (?:settings|policy))",
    _START
    + r"(?:(?:jetzt|hier) (?:abonnieren|anmelden|bestellen|testen|registrieren)|abonnieren sie|"
    r"melden sie sich|newsletter\b|folgen sie|folge(?:n)? (?:uns|bild)|folgst du|laden sie|"
    r"unterstützen sie|spenden sie|externer inhalt|an dieser stelle (?:findest|finden)|"
    r"deine privatsphäre|ich bin damit einverstanden|um (?:diesen|den) inhalt|mit ihrer zustimmung|"
    r"wir benötigen (?:ihre|deine)|hat ihnen dieser artikel|hier finden sie einen externen|"
    r"personenbezogene daten können|du kannst ihn dir mit einem klick|sie sind bereits kunde|"
    r"\w+-inhalte erlauben|sie haben fragen|schreiben sie uns|aktuelle nachrichten aufs handy|"
    r"abonnez-vous|inscrivez-vous|recevez|suivez[- ]|s’inscrire|je m’abonne|il vous reste|"
    r"la suite est réservée|identifiez-vous|suscríbe(?:te|se)|regístrate|síguenos|apúntate|iscriviti|"
    r"seguici|abbonati|resta aggiornato|assine|siga|inscreva-se|abonneer|meld je aan|volg ons|tilmeld|"
    r"prenumerera|följ oss|abonner|følg oss|subskrybuj|obserwuj|zapisz się|подпис(?:ывайтесь|аться|ка)|"
    r"подписывайся|следите за|підписуйтесь|добавить отзыв|abone ol|takip ed|ikuti|cek berita|fuata)",
    r"(?:扫描二维码|扫码|掃描|長按識別|长按识别|关注.{0,12}(?:公众号|微信|微博)|公众号$|我要反馈|"
    r"下载.{0,12}(?:客户端|APP)|下載.{0,14}APP|APP(?:經已|經已|已|下載)|立即報料|報料|爆料熱線|"
    r"立即下載|訂閱|订阅.{0,10}(?:电子报|頻道)|加入.{0,10}(?:會員|会员|群組|LINE)|追蹤.{0,20}(?:IG|"
    r"Instagram|專頁|粉絲)|粉絲團|粉丝团|按讚|點讚|免費下載|查詢時效|付費會員|参与互动|參與互動|点击投票)",
    r"(?:네이버.{0,12}(?:구독|채널)|구독(?:하기|신청|하세요)|^\W*제보(?:하기|는|를|\s*[:：])|"
    r"앱\s*다운로드|채널\s*추가|친구\s*추가|뉴스레터\s*(?:구독|신청))",
    r"(?:メルマガ|会員登録|無料登録|ログイン(?:する|して)|フォロー(?:する|して)|有料会員|この記事は有料|"
    r"残り\d+文字|アプリ(?:を|で)(?:ダウンロード|見る))",
)

# Who owns it and what may be done with it.
_RIGHTS = _any_of(
    r"^\W*(?:©|\(c\)\s|copyright\b|copyleft)|©\s*(?:\d{4}|copyright)|all rights reserved|"
    r"may not be (?:published|reproduced|reprinted)|riproduzione riservata|\breservados todos\b",
    _START + r"(?:alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|"
    r"tutti i diritti|todos os direitos|wszelkie prawa)",
    r"무단\s*(?:전재|복제)|재배포\s*금지|저작권자\s*[ⓒ©(]|ⓒ",
    r"版权(?:所有|声明|归)|版權(?:所有|聲明)|(?:未经|未經|不得).{0,12}(?:转载|轉載)|禁止(?:转载|轉載)|转载请|"
    r"轉載請|免责声明|免責聲明|本文来源|本文來源|仅代表作者|僅代表作者|特别声明|特別聲明|图片(?:均)?来(?:自|源)",
    r"無断(?:転載|複製|使用)|(?:無断|許可なく).{0,12}禁じ",
)

# Who wrote, filmed, edited or passed it on, on a line of its own.
_CREW = _any_of(
    r"^[\[(（【]?\s*(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對|审核|審核|主编|编审|监制|監製|供稿|来源|"
    r"來源|稿源|作者|记者|記者|文|文字|撰文|摄影|攝影|执笔|撰稿|图片来源|圖片來源|视频来源|综合|編譯|编译|翻译|"
    r"翻譯|原标题|原標題|原题|责任|值班编辑)\s*(?:[:：/／|｜丨])",
    r"^(?:[\u4e00-\u9fff《》]{0,10}(?:记者|記者|作者|通讯员|編輯|编辑|中心)\s*[/／:： ]?\s*"
    r"[\u4e00-\u9fff· 、]{2,18}|[\u4e00-\u9fff]{2,4}中心\s*[／/]\s*.{2,12}(?:報導|报道))$",
    r"^[（(][\u4e00-\u9fff]{2,8}\s*[)）]$",
    r"^\W*(?:영상\s*(?:취재|편집)|촬영|취재|편집|그래픽|정리|사진|글|디자인|영상디자인|제작)\s*[:：/=]|"
    r"^[\[(【]?\s*[가-힣]{2,4}\s*(?:[가-힣A-Z]{0,8}\s*)?(?:기자|특파원|앵커|논설위원|선임기자|인턴기자|에디터|"
    r"칼럼니스트)\s*[\])】]?$|^(?:칼럼니스트|객원기자)\s*[가-힣]{2,4}$|"
    r"^[\[(【]\s*[가-힣A-Z\d/= ]{2,20}(?:기자|특파원)\s*[\])】]$",
    r"^(?:取材|撮影|文|写真|編集|構成|ライター|翻訳|聞き手|協力)\s*[:：=＝/／・]|^【[^】 가-힣]{2,16}】$|"
    r"^[（(][^（）()]{2,12}(?:記者|通信員|編集部|支局)[)）]$",
    _START
    + r"(?:with |additional )?(?:reporting|writing|editing|edited|compiled|translated|produced|"
    r"written) (?:by|from)\b",
    r"\bcontributed (?:to (?:this|the) (?:report|story|article|piece|guide)|reporting|from)\b|"
    r"\breporting (?:by|from) .{0,80}(?:editing|writing) by\b|"
    r"^\W*(?:additional|with) (?:reporting|material|files|inputs?)\b",
    _START + r"(?:source|quelle|fonte|fuente|kilde|källa|źródło|источник|bron|kaynak)s?\s*[:：]",
    r"^[(\[]?(?:(?:mit|von|quelle:?|avec|con|with) )?(?:(?:material von )?(?:dpa|afp|apa|sda|reuters|ap|"
    r"epd|kna|sid|ansa|efe|lusa|ntb|tt|pap|adn|red)(?:[/, \-]+(?:und )?|$|[)\]]))+[.)\]]*$|"
    r"^mit agenturmaterial\W*$",
    r"^\W*[\w.+-]+@[\w-]+\.[\w.-]+\W*$|^(?:twitter|facebook|instagram)\.com/\S+$|^@\w+$",
    _START + r"(?:aus dem (?:englischen|französischen|russischen|spanischen)|traduit|traducción|"
    r"traduzione|übersetz|redaktion:|faktencheck:)",
    r"^(?:von|par|by|di|de|por|av|af|door|autor(?:in|en)?:?|text:|auteur\s*:|written by|words by)\s+"
    r"[A-ZÀ-Þ][^.!?]{2,60}$",
)

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|jän|mär|mai|okt|dez|janv|févr?|avr|juin|juil|"
    r"août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out|maj|января|февраля|марта|апреля|мая|июня|"
    r"июля|августа|сентября|октября|ноября|декабря)\w*\.?"
)
# When it was published, and how long it takes to read or hear.
_CLOCK = _any_of(
    _START
    + r"(?:published|updated|posted|last (?:updated|modified)|first published|created|date|stand|"
    r"veröffentlicht|publiziert|aktualisiert|erstellt|publié|mis à jour|publicado|actualizado|"
    r"atualizado|pubblicato|aggiornato|gepubliceerd|opdateret|publisert|uppdaterad|publicerad|"
    r"opublikowano|aktualizacja|publikacja|обновлено|опубликовано|入力|修正|입력|수정|등록|송고|승인|最後更新|"
    r"最新更新|更新時間|更新时间|更新日|發佈|发布|發布|公開|掲載|投稿|配信)\w*\W.{0,60}\d",
    r"^\W*(?:\w+, ?)?\d{4}[./年\-–년 ]+\s*\d{1,2}[./月\-–월 ,]+\s*\d{1,2}\s*[日일.]?(?:\D{0,25}"
    r"\d{1,2}[:.시時h]\d{2}.{0,60})?\W*$",
    r"^\W*\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}\b(?!.*[.!?。]\W*$).{0,90}$",
    r"^\W*(?:[\w-]{3,14},? )?(?:"
    + _MONTH
    + r" \d{1,2},? \d{4}|\d{1,2}\.? (?:de )?"
    + _MONTH
    + r" (?:de )?\d{4})\b(?!.*[.!?]$).{0,40}$",
    r"^\W*\d{1,2}:\d{2}(?::\d{2})?(?:\W+\d{1,2}:\d{2}(?::\d{2})?)?\W*(?:am|pm|uhr|et|gmt|kst|jst)?\W*$",
    r"\b\d+ (?:secs?|min(?:ute)?s?|hours?|days?|weeks?|months?|stunden?|minuten?) ago\b.{0,30}$|"
    r"\b(?:min read|minute read|lesezeit|lesedauer|temps de lecture|reading time|tempo de leitura|"
    r"tiempo de lectura|tempo di lettura|leestijd|lästid|lesetid|læsetid|czas czytania|время чтения)\b|"
    r"(?:閱讀時間|阅读时间|읽는\s*시간).{0,12}$",
)

# Help lines under stories about suicide and violence.
_HELP = _any_of(
    r"(?:自殺|自杀|珍惜生命|生命線|生命线|張老師|安心專線|諮詢專線|咨询热线|求助熱線|求助热线|防治).{0,40}"
    r"(?:專線|热线|熱線|[:：]\s*\d{3,}|\d{4,})|^(?:生命線|張老師|安心專線|自殺防治).{0,20}\d|"
    r"^自殺(?:解決|不能).{0,30}|^再給自己.{0,6}機會|關心您[:：]",
    r"(?:자살예방|생명의\s*전화|정신건강|위기상담).{0,30}\d{3,}",
    r"(?:いのちの電話|こころの健康相談|よりそいホットライン).{0,40}\d",
    r"\b(?:samaritans|lifeline|suicide (?:prevention|hotline)|crisis (?:line|text line)|"
    r"telefonseelsorge)\b.{0,80}\d{3,}",
)

# A picture's caption or credit, by what it starts or ends with.
_CAPTION = _any_of(
    _START
    + r"(?:photo(?:graph)?|image|picture|foto|fotos|bild|photo credit|file photo|credit|crédit|"
    r"imagen|immagine|zdjęcie|фото)(?:\s+(?:by|via|von|credit|courtesy|source)\b|s?\s*[:：/©=|])",
    r"[(（\[][^()（）\[\]]{0,60}\b(?:photo|image|file|credit|courtesy|getty|reuters|shutterstock|"
    r"screenshot|screengrab|afp|ap photo|istock|xinhua|bloomberg|picture alliance|imago|dpa)\b"
    r"[^()（）\[\]]{0,60}[)）\]]\s*$",
    r"(?:\s|/|\|)(?:©|Getty Images|AP Photo|AFP|CFP|VCG|Shutterstock|EPA(?:-EFE)?|iStock|Yonhap|Xinhua|"
    r"REUTERS)(?:/[\w .&-]+)?\s*$",
    r"^\s*(?:photos?\s*)?©|\s©\s?\S[^.]{0,50}$",
    r"[（(\[][^（）()]{0,40}(?:供图|供圖|摄|攝|图片|圖片|截图|截圖|提供|資料圖|资料图|網上圖片|翻攝|視覺中國|"
    r"视觉中国|新华社|新華社|中新社|路透|美聯社|法新社)[^（）()]{0,30}[)）\]]\s*[。]?$",
    r"^[▲△↑]{1,2}\s*\S|^▼[^▼]+$|^(?:图|圖|配图|題圖|题图|封面图|資料圖片|资料图片)\s*[:：/／|｜丨]|"
    r"(?:視頻|视频)?截(?:图|圖)$|(?:资料图|資料圖|資料圖片|资料图片)$|供图\s?\S{0,6}$",
    r"^\W*(?:사진|그래픽|자료|이미지)\s*[=＝:：ㅣ|/]\s*\S|\s(?:사진|자료)\s*[=＝]\s*\S.{0,30}$|"
    r"[(\[（][^()]{0,30}(?:사진|캡처|제공|뉴시스|연합뉴스|뉴스1|게티이미지)[^()]{0,30}[)\]）]\s*$|"
    r"[=/]\s*(?:연합뉴스|뉴시스|뉴스1|로이터|AP|AFP|EPA)\s*$",
    r"[（(＝=][^（）()]{0,30}(?:撮影|提供|写真|ロイター|共同|時事|ゲッティ|アフロ)[^（）()]{0,20}[)）]?\s*$|"
    r"^(?:写真|画像|図)\s*[:：/／＝=]",
)

_CONTACT = re.compile(r"\s*[\[(（【<]?\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*[\])）】>]?\s*$")
_ADDRESS = re.compile(r"^\W*(?:https?://|www\.)\S+$")
_SENTENCE_END = re.compile(r"[.!?…।。！？][\"'”’»」』)\]）]*$")


def is_furniture(text: str) -> bool:
    """Tell whether a line is page furniture by its words.

    Args:
        text: one line, white space folded.
    """
    if len(text) > LONGEST or len(text.encode("utf-8", "replace")) > LONGEST:
        return False
    return any(
        pattern.search(text) is not None
        for pattern in (_LABEL, _READ_MORE, _PITCH, _RIGHTS, _CREW, _CLOCK, _HELP)
    )


def leads_on(text: str) -> bool:
    """Tell whether a line announces a list of other stories ("Related stories:")."""
    return len(text) < 80 and _READ_MORE.search(text) is not None


def is_caption(text: str) -> bool:
    """Tell whether a line reads like a picture's caption or credit."""
    return len(text) < 300 and _CAPTION.search(text) is not None


def is_address(text: str) -> bool:
    """Tell whether a line is nothing but a web address."""
    return _ADDRESS.match(text) is not None


def without_contact(text: str) -> str:
    """Return a line without the mail address a reporter signs it with."""
    return _CONTACT.sub("", text) if "@" in text else text


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    return _SENTENCE_END.search(text) is not None
