"""The wordings of page furniture, by purpose and language.

Three shapes, from cheap to dear:

* `LABELS`: whole lines, compared without case, spaces and punctuation;
* `STARTS`: regular expressions tried at the start of a line (after punctuation), so that the same
  words inside a sentence are safe; like all but `SIGNATURES` and the captions they are tried on the
  line in lower case;
* `ANYWHERE`: pairs of needles and a regular expression that is only tried when one of the needles,
  in lower case, stands in the line.

English first, then the larger European languages, Chinese, Korean and Japanese.
"""

LABELS = """
end | enditem | 끝 | 纠错 | about the author | about the authors | unofficial translation | advert
advertisement | advertising | continue reading | continue reading below | anzeige | werbung
publicité | publicità | publicidad | publicidade | pubblicità | reklam | reklama | reklame
реклама | annonce | mainos | iklan | oglas | hirdetés | caption | close | share | print | topic
topics | tag | tags | comment | comments | email | e-mail | copy link | copy link copied | save
listen | watch | loading | embed | gallery | table of contents | contents | in this article
teilen | drucken | kommentare | inhalt | inhaltsverzeichnis | weitere informationen | partager
imprimer | commentaires | compartir | condividi | stampa | commenti | comentarios | delen | dela
del | udostępnij | поделиться | комментарии | отзывы | добавить отзыв | related | related stories
related articles | related article | related content | related links | related topics
related news | related coverage | related posts | recommended | recommended for you | don't miss
trending | trending now | most read | most popular | top stories | latest news | latest stories
latest videos | editor's picks | editors' picks | further reading | what to read next
keep reading | auch interessant | zum thema | passend zum artikel | noticias relacionadas
más información | para saber más | ver también | leggi anche | lire aussi | à découvrir
à découvrir également | voir aussi | sur le même sujet | les også | läs också | læs også
lees ook | sources | source | 广告 | 廣告 | 광고 | 広告 | スポンサーリンク | 공유 | 공유하기
댓글 | 기사 듣기 | 글자 크기 | 인쇄 | 관련 기사 | 관련기사 | 관련 뉴스 | 관련뉴스 | 추천 기사
많이 본 뉴스 | 많이 본 기사 | 更多新聞 | 更多新闻 | 分享 | 打印 | 字号 | 字號 | 评论 | 評論 | 留言
相关新闻 | 相關新聞 | 相关阅读 | 相關文章 | 相关报道 | 相關報導 | 延伸閱讀 | 延伸阅读 | 推荐阅读
推薦閱讀 | 閱讀更多 | 阅读更多 | 往下看更多文章 | 我要反馈 | 請繼續往下閱讀 | 请继续往下阅读
共有 | シェア | 関連記事 | 関連ニュース | その他 | 続きを読む | もっと見る
"""

# Leads to other stories. Kept apart: a list that follows one goes with it.
LEADS = (
    r"(?:read|see|watch|listen|hear)(?: (?:more|also|next|on|here|now))?\s*[:|>»]",
    r"read (?:more|also|next)|also read|see also|more(?: on this)?:",
    r"more (?:on|from|stories|great|about)\b.{0,60}$|related(?: \w+)?:|most (?:read|popular) ",
    r"you (?:may|might) also (?:like|be interested)|don'?t miss:|click here to|tap here",
    r"latest (?:news|stories|videos) ",
    r"lesen sie|lies (?:auch|hier)|mehr (?:zum thema|dazu|lesen|nachrichten|über .{2,50} lesen)",
    r"das könnte (?:sie|dich) (?:auch )?interessieren|weitere (?:artikel|themen|meldungen)",
    r"siehe auch|hier (?:lesen|geht es|finden sie)|mehr:|weiterlesen|empfehlungen der redaktion",
    r"empfohlener (?:redaktioneller|externer) inhalt|lest den originalartikel|auch interessant",
    r"lire aussi|à lire(?: aussi| également)?\b|à découvrir|voir aussi|pour aller plus loin",
    r"notre dossier|lea también|leer (?:más|también)|te puede interesar|para saber más",
    r"leggi anche|leggi (?:gli|l'|il)|ti potrebbe interessare|per approfondire|leia (?:também|"
    r"mais)",
    r"veja também|saiba mais|lees (?:ook|meer)|meer lezen|læs (?:også|mere)|les (?:også|mer)",
    r"läs (?:också|mer|även)|lue myös|czytaj (?:też|także|więcej|również)|přečtěte si|čtěte také",
    r"zobacz (?:też|także|również)|mohlo by vás zajímat|ayrıca (?:bkz|oku)|ilgili haber",
    r"читайте? (?:также|ещё|еще)|см\. также|читайте також|baca (?:juga|selengkapnya)",
    r"soma (?:zaidi|pia)|funda olunye",
    r"点击(?:进入|查看|图片)|點擊(?:進入|查看|圖片)|相关(?:链接|报道|新闻|阅读)[:：]",
    r"相關(?:連結|報導|新聞|文章)[:：]|(?:延伸|推薦|推荐)(?:閱讀|阅读)|同場加映|(?:熱門|热门)文章",
    r"最新影片推介|(?:看|閱讀|阅读)更多|更多.{0,12}(?:新聞|新闻|文章|影片|內容|内容|報導)|"
    r"編輯推[介薦]",
    r"你可能也想看",
    r"관련\s*(?:기사|뉴스)\s*[:：>]|더\s*보기|기사\s*더\s*보기|많이\s*본|이\s*시각\s*(?:주요|인기)",
    r"関連(?:記事|リンク|ニュース|キーワード)|(?:あわせて|合わせて)読みたい|こちらも|おすすめ記事",
)

STARTS = (
    # labels with something after them
    r"(?:story|article) continues\b.{0,40}$|scroll to continue.{0,30}$|placeholder image.{0,4}$",
    r"(?:filed under|posted (?:in|on|by)|categor(?:y|ies)|tagged|tags?|keywords?|"
    r"schlagworte)\s*[:|]",
    r"this is a (?:breaking|developing) (?:new |news )?story\b.{0,60}$|our standards:",
    r"dieses thema im programm|ajouter à vos sélections|identifiez-vous",
    r"(?:标签|標籤|關鍵字|关键词|キーワード|태그)\s*[:：|]",
    # asks to subscribe, follow, write, give, allow or install
    r"sign up|subscribe|register (?:now|here|for)|follow (?:us|the|our|@|\w+ on)\b",
    r"join (?:us|our|the (?:conversation|discussion)|now)\b|like (?:us|this story)|log in\b",
    r"share (?:this|your)|download (?:the|our)|get .{0,60}(?:delivered|inbox)\b",
    r"get (?:the latest|our|more|breaking|unlimited|access|real-time|daily|exclusive)\b",
    r"stay (?:up to date|informed|connected)|support (?:our|independent|quality)|donate\b",
    r"become a (?:member|subscriber|supporter)|want (?:more|to read)\b|tell us what|let us know",
    r"(?:have|got|do you have) (?:a|any|you got a) (?:tip|story|question)|send (?:us|your)",
    r"contact (?:us|the authors?|the reporters?|the writers?)|add us as|make us your|"
    r"listen to .{0,40}(?:podcast|live)",
    r"this content is reserved|create an account|(?:register / )?sign in to|our community members",
    r"already (?:a subscriber|have an account)|thank you for (?:registering|subscribing)",
    r"if you (?:buy|purchase|click|enjoyed)|we may (?:earn|receive)|reach .{0,40}at\b.{0,60}@",
    r"check out (?:our|more)|visit our|view .{0,20}comments?|leave a (?:comment|reply)",
    r"(?:jetzt|hier) (?:abonnieren|anmelden|bestellen|testen|registrieren)|abonnieren sie",
    r"melden sie sich|newsletter\b|folgen sie|folge(?:n)? (?:uns|bild)|folgst du|laden sie",
    r"unterstützen sie|spenden sie|externer inhalt|an dieser stelle (?:findest|finden)",
    r"deine privatsphäre|ich bin damit einverstanden|um (?:diesen|den) inhalt|mit ihrer zustimmung",
    r"wir benötigen (?:ihre|deine)|hat ihnen dieser artikel|hier finden sie einen externen",
    r"personenbezogene daten können|du kannst ihn dir mit einem klick|sie sind bereits kunde",
    r"\w+-inhalte erlauben|sie haben fragen|schreiben sie uns|aktuelle nachrichten aufs handy",
    r"abonnez-vous|inscrivez-vous|recevez|suivez[- ]|s’inscrire|je m’abonne|il vous reste",
    r"la suite est réservée|suscríbe(?:te|se)|regístrate|síguenos|apúntate|iscriviti|seguici",
    r"abbonati|resta aggiornato|assine|siga|inscreva-se|abonneer|meld je aan|volg ons|tilmeld",
    r"prenumerera|följ oss|abonner|følg oss|subskrybuj|obserwuj|zapisz się|подписывайся",
    r"подпис(?:ывайтесь|аться|ка)|следите за|підписуйтесь|abone ol|takip ed|ikuti|cek berita|fuata",
    r"纠错\W|제보(?:하기|는|를|\s*[:：])|(?:전화|이메일|카카오톡)\s*[:：]",
    r"please direct (?:questions|comments)",
    # whose it is
    r"©|\(c\)\s|copyright(?:s? .{0,60}\d{4}|\s*(?:©|\(c\)|\d|by\b|:|$))|copyleft|alle rechte "
    r"vorbehalten|tous droits réservés",
    r"todos los derechos reservados|tutti i diritti|todos os direitos|wszelkie prawa",
    # who wrote, filmed, edited or passed it on
    r"(?:with |additional )?(?:reporting|writing|editing|edited|compiled|translated|produced|"
    r"written)"
    r" (?:by|from)\b|(?:additional|with) (?:reporting|material|files|inputs?)\b",
    r"(?:source|quelle|fonte|fuente|kilde|källa|źródło|источник|bron|kaynak)s?\s*[:：]",
    r"aus dem (?:englischen|französischen|russischen|spanischen)|traduit|traducción|traduzione",
    r"übersetz|redaktion:|faktencheck:",
    r"(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對|审核|審核|主编|编审|监制|監製|供稿|"
    r"来源|來源|稿源|作者|"
    r"记者|記者|文|文字|撰文|摄影|攝影|执笔|撰稿|图片来源|圖片來源|视频来源|综合|編譯|编译|"
    r"翻译|翻譯|原标题|原標題|"
    r"原题|责任|值班编辑)\s*[:：/／|｜丨]",
    r"[\u4e00-\u9fff《》]{0,10}(?:记者|記者|作者|通讯员|編輯|编辑|中心)\s*[/／:： ]?\s*"
    r"[\u4e00-\u9fff· 、]{2,18}$|[\u4e00-\u9fff]{2,4}中心\s*[／/]\s*.{2,12}(?:報導|报道)$",
    r"(?:영상\s*(?:취재|편집)|촬영|취재|편집|그래픽|정리|사진|글|디자인|영상디자인|제작)\s*[:：/=]",
    r"[가-힣]{2,4}\s*(?:[가-힣a-z]{0,8}\s*)?(?:기자|특파원|앵커|논설위원|선임기자|인턴기자|"
    r"에디터|칼럼니스트)"
    r"\s*[\])】]?$|(?:칼럼니스트|객원기자)\s*[가-힣]{2,4}$|[가-힣a-z\d/= ]{2,20}(?:기자|"
    r"특파원)\s*[\])】]$",
    r"(?:取材|撮影|文|写真|編集|構成|ライター|翻訳|聞き手|協力)\s*[:：=＝/／・]",
    r"[^（）()]{2,12}(?:記者|通信員|編集部|支局)[)）]$",
)

# Who signed, told by the capital of the name; the only wording whose case counts.
SIGNATURES = (
    r"(?:von|par|by|di|de|por|av|af|door|autor(?:in|en)?:?|text:|auteur\s*:|written by|words by)\s+"
    r"(?-i:[A-ZÀ-Þ])[^.!?]{2,60}$",
)

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|jän|mär|mai|okt|dez|janv|févr?|avr|"
    r"juin|juil|"
    r"août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out|maj|января|февраля|марта|апреля|"
    r"мая|июня|"
    r"июля|августа|сентября|октября|ноября|декабря)\w*\.?"
)
# When it was published and how long it takes to read; tried on short lines with a digit.
CLOCKS = (
    r"(?:published|updated|posted|last (?:updated|modified)|first published|created|date|stand|"
    r"veröffentlicht|publiziert|aktualisiert|erstellt|publié|mis à jour|publicado|actualizado|"
    r"atualizado|pubblicato|aggiornato|gepubliceerd|opdateret|publisert|uppdaterad|publicerad|"
    r"opublikowano|aktualizacja|publikacja|обновлено|опубликовано|入力|修正|입력|수정|등록|"
    r"송고|승인|最後更新|"
    r"最新更新|更新時間|更新时间|更新日|發佈|发布|發布|公開|掲載|投稿|配信)\w*\W.{0,60}\d",
    r"(?:\w+, ?)?\d{4}[./年\-–년 ]+\s*\d{1,2}[./月\-–월 ,]+\s*\d{1,2}\s*[日일.]?(?:\D{0,25}"
    r"\d{1,2}[:.시時h]\d{2}.{0,60})?\W*$",
    r"\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}\b(?!.*[.!?。]\W*$).{0,90}$",
    r"(?:[\w-]{3,14},? )?(?:"
    + _MONTH
    + r" \d{1,2},? \d{4}|\d{1,2}\.? (?:de )?"
    + _MONTH
    + r" (?:de )?\d{4})\b(?!.*[.!?]$).{0,40}$",
    r"\d{1,2}:\d{2}(?::\d{2})?(?:\W+\d{1,2}:\d{2}(?::\d{2})?)?\W*(?:am|pm|uhr|et|gmt|kst|jst)?\W*$",
)

# How old it is and how long it takes to read; looked for in lines of a few words.
TIMINGS = (
    r"\b\d+ (?:secs?|min(?:ute)?s?|hours?|days?|weeks?|months?) ago\b.{0,30}$",
    r"(?:min(?:ute)? read|reading time|lesezeit|lesedauer|temps de lecture|tempo de leitura|"
    r"tiempo de lectura|tempo di lettura|leestijd|lästid|lesetid|læsetid|czas czytania|"
    r"время чтения|閱讀時間|阅读时间|읽는\s*시간)\b.{0,24}$",
)

ANYWHERE = (
    # the same purposes, where the words stand in the middle or at the end
    ("sign up", r"\bsign up (?:for|to) (?:our|receive|get)"),
    ("subscribe", r"\bsubscribe (?:to our|here|now)"),
    ("newsletter", r"\bour (?:daily |weekly |free )?newsletter|뉴스레터\s*(?:구독|신청)"),
    ("your inbox", r"\b(?:in|to) your inbox"),
    ("affiliate", r"\baffiliate (?:commission|link)"),
    ("privacy", r"\bprivacy policy|your privacy settings"),
    (
        "follow",
        r"\bfollow .{0,40}on (?:twitter|facebook|instagram|google news|x\b|whatsapp|telegram)",
    ),
    ("google news", r"google news"),
    ("preferred source", r"preferred source"),
    ("external content", r"external content"),
    ("like to hear", r"\bwe(?:'|’)?d like to hear (?:from|what)"),
    ("cookie", r"\bcookie (?:settings|policy)"),
    ("rights reserved", r"all rights reserved"),
    ("may not be", r"may not be (?:published|reproduced|reprinted)"),
    ("riproduzione", r"riproduzione riservata"),
    ("reservados", r"\breservados todos\b"),
    ("©", r"©\s*(?:\d{4}|copyright)"),
    (
        "contributed",
        r"\bcontributed (?:to (?:this|the) (?:report|story|article|piece|guide)|"
        r"reporting|from)\b",
    ),
    ("reporting", r"\breporting (?:by|from) .{0,80}(?:editing|writing) by\b"),
    ("samaritans", r"\d{3,}"),
    ("suicide", r"\bsuicide (?:prevention|hotline)\b.{0,80}\d{3,}"),
    ("lifeline", r"\blifeline\b.{0,80}\d{3,}"),
    ("telefonseelsorge", r"\d{3,}"),
)
ANYWHERE_EAST = (
    r"扫描二维码|扫码|掃描|長按識別|长按识别|关注.{0,12}(?:公众号|微信|微博)|公众号$",
    r"下载.{0,12}(?:客户端|app)|下載.{0,14}app|app(?:經已|已|下載)|立即報料|報料|爆料熱線|"
    r"立即下載|訂閱",
    r"订阅.{0,10}(?:电子报|頻道)|加入.{0,10}(?:會員|会员|群組|line)|追蹤.{0,20}(?:ig|instagram|"
    r"專頁|粉絲)",
    r"粉絲團|粉丝团|按讚|點讚|免費下載|查詢時效|付費會員|参与互动|參與互動|点击投票|▼?點擊圖片放大",
    r"네이버.{0,12}(?:구독|채널)|구독(?:하기|신청|하세요)|앱\s*다운로드|채널\s*추가|친구\s*추가",
    r"[▶☞].{0,60}(?:바로\s*가기|보기|클릭|구독)",
    r"メルマガ|会員登録|無料登録|ログイン(?:する|して)|フォロー(?:する|して)|有料会員|"
    r"この記事は有料|残り\s?[:：]?\s?\d+文字",
    r"アプリ(?:を|で)(?:ダウンロード|見る)|(?:はこちら|をもっと見る)[。！!]?$",
    r"무단\s*(?:전재|복제)|재배포\s*금지|저작권자\s*[ⓒ©(]|ⓒ",
    r"版权(?:所有|声明|归)|版權(?:所有|聲明)|(?:未经|未經|不得).{0,12}(?:转载|轉載)|"
    r"禁止(?:转载|轉載)|转载请",
    r"轉載請|免责声明|免責聲明|本文来源|本文來源|仅代表作者|僅代表作者|特别声明|特別聲明|"
    r"图片(?:均)?来(?:自|源)",
    r"無断(?:転載|複製|使用)|(?:無断|許可なく).{0,12}禁じ",
    r"(?:自殺|自杀|珍惜生命|生命線|生命线|張老師|安心專線|諮詢專線|咨询热线|求助熱線|求助热线|"
    r"防治).{0,40}"
    r"(?:專線|热线|熱線|[:：]\s*\d{3,}|\d{4,})|^(?:生命線|張老師|安心專線|自殺防治).{0,20}\d",
    r"^自殺(?:解決|不能).{0,30}|^再給自己.{0,6}機會|關心您[:：]",
    r"(?:자살예방|생명의\s*전화|정신건강|위기상담).{0,30}\d{3,}",
    r"(?:いのちの電話|こころの健康相談|よりそいホットライン).{0,40}\d",
    r"^(?:海量资讯|更多.{2,12}尽在)|尽在.{2,14}(?:app|客户端)$|分享让更多人看到|会員限定です|続きをお読みいただけます|"
    r"^《[^》]{2,12}》?\s*[（(]\s*\d{4}年.{3,20}版",
    r"^[（(][\u4e00-\u9fff]{2,8}\s*[)）]$|^【[^】 가-힣]{2,16}】$",
)

CAPTION_STARTS = (
    r"(?:photo(?:graph)?|image|picture|foto|fotos|bild|photo credit|file photo|credit|crédit|"
    r"imagen|"
    r"immagine|zdjęcie|фото)(?:\s+(?:by|via|von|credit|courtesy|source)\b|s?\s*[:：/©=|])",
    r"(?:photos?\s*)?©",
    r"(?:图|圖|配图|題圖|题图|封面图|資料圖片|资料图片)\s*[:：/／|｜丨]|(?:写真|画像|"
    r"図)\s*[:：/／＝=]",
    r"(?:사진|그래픽|자료|이미지)\s*[=＝:：ㅣ|/]\s*\S",
)
CAPTION_ENDS = (
    r"[(（\[][^()（）\[\]]{0,60}\b(?:photo|image|file|credit|courtesy|getty|reuters|shutterstock|"
    r"screenshot|screengrab|afp|ap photo|istock|xinhua|bloomberg|picture alliance|imago|dpa)\b"
    r"[^()（）\[\]]{0,60}[)）\]]\s*$",
    r"(?-i:(?:\s|/|\|)(?:©|Getty Images|AP Photo|AFP|CFP|VCG|Shutterstock|EPA(?:-EFE)?|iStock|"
    r"Yonhap|"
    r"Xinhua|REUTERS)(?:/[\w .&-]+)?\s*$)",
    r"\s©\s?\S[^.]{0,50}$",
    r"[（(\[][^（）()]{0,40}(?:供图|供圖|摄|攝|图片|圖片|截图|截圖|提供|資料圖|资料图|網上圖片|"
    r"翻攝|視覺中國|"
    r"视觉中国|新华社|新華社|中新社|路透|美聯社|法新社)[^（）()]{0,30}[)）\]]\s*[。]?$",
    r"(?:^|[。，、\s])[\u4e00-\u9fff]{2,4}\s?[摄攝]$|(?:視頻|视频)?截(?:图|圖)$|(?:资料图|資料圖|資料圖片|资料图片)$|供图\s?\S{0,6}$",
    r"\s(?:사진|자료)\s*[=＝]\s*\S.{0,30}$|[=/]\s*(?:연합뉴스|뉴시스|뉴스1|로이터|AP|AFP|EPA)\s*$|"
    r"[(\[（][^()]{0,30}(?:사진|캡처|제공|뉴시스|연합뉴스|뉴스1|게티이미지)[^()]{0,30}[)\]）]\s*$",
    r"[（(＝=][^（）()]{0,30}(?:撮影|提供|写真|ロイター|共同|時事|ゲッティ|"
    r"アフロ)[^（）()]{0,20}[)）]?\s*$",
)
