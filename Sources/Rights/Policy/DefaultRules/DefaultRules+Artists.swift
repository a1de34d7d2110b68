extension DefaultRules {
    /// Artists, open and closed: the year says which.
    static let artists = #"""
        [[names]]
        id = "vincent-van-gogh"
        rule = "artist-style"
        died = 1890
        aliases = ["Van Gogh", "Vincent van Gogh", "반 고흐", "빈센트 반 고흐", "ゴッホ", "フィンセント・ファン・ゴッホ", "梵高", "梵谷"]
        with_style_word = ["고흐"]

        [[names]]
        id = "claude-monet"
        rule = "artist-style"
        died = 1926
        aliases = ["Claude Monet", "클로드 모네", "クロード・モネ", "克劳德·莫奈"]
        with_style_word = ["Monet", "모네", "モネ", "莫奈", "莫內"]

        [[names]]
        id = "gustav-klimt"
        rule = "artist-style"
        died = 1918
        aliases = ["Gustav Klimt", "구스타프 클림트", "グスタフ・クリムト", "克里姆特"]
        with_style_word = ["Klimt", "클림트", "クリムト"]

        [[names]]
        id = "katsushika-hokusai"
        rule = "artist-style"
        died = 1849
        aliases = ["Hokusai", "Katsushika Hokusai", "가쓰시카 호쿠사이", "호쿠사이", "葛飾北斎", "葛饰北斋"]

        [[names]]
        id = "edvard-munch"
        rule = "artist-style"
        died = 1944
        aliases = ["Edvard Munch", "에드바르 뭉크", "エドヴァルド・ムンク", "爱德华·蒙克"]
        with_style_word = ["Munch", "뭉크", "ムンク", "蒙克"]

        [[names]]
        id = "alphonse-mucha"
        rule = "artist-style"
        died = 1939
        aliases = ["Alphonse Mucha", "알폰스 무하", "アルフォンス・ミュシャ", "阿尔丰斯·穆夏", "穆夏"]
        with_style_word = ["Mucha", "무하", "ミュシャ"]

        [[names]]
        id = "henri-matisse"
        rule = "artist-style"
        died = 1954
        aliases = ["Henri Matisse", "앙리 마티스", "アンリ・マティス", "亨利·马蒂斯"]
        with_style_word = ["Matisse", "마티스", "マティス", "马蒂斯", "馬蒂斯"]

        [[names]]
        id = "frida-kahlo"
        rule = "artist-style"
        died = 1954
        aliases = ["Frida Kahlo", "프리다 칼로", "フリーダ・カーロ", "弗里达·卡罗"]

        [[names]]
        id = "kim-hong-do"
        rule = "artist-style"
        died = 1806
        aliases = ["Kim Hong-do", "단원 김홍도", "金弘道"]
        with_style_word = ["김홍도"]

        [[names]]
        id = "xu-beihong"
        rule = "artist-style"
        died = 1953
        aliases = ["Xu Beihong", "쉬베이훙", "徐悲鴻", "徐悲鸿"]

        [[names]]
        id = "pablo-picasso"
        rule = "artist-style"
        died = 1973
        aliases = ["Picasso", "Pablo Picasso", "피카소", "파블로 피카소", "ピカソ", "パブロ・ピカソ", "毕加索", "畢卡索", "Пикассо"]

        [[names]]
        id = "salvador-dali"
        rule = "artist-style"
        died = 1989
        aliases = ["Salvador Dali", "살바도르 달리", "サルバドール・ダリ", "萨尔瓦多·达利"]
        with_style_word = ["Dali", "Dalí", "달리", "ダリ", "达利", "達利"]

        [[names]]
        id = "marc-chagall"
        rule = "artist-style"
        died = 1985
        aliases = ["Chagall", "Marc Chagall", "마르크 샤갈", "シャガール", "夏加尔", "夏卡爾"]
        with_style_word = ["샤갈"]

        [[names]]
        id = "joan-miro"
        rule = "artist-style"
        died = 1983
        aliases = ["Joan Miró", "호안 미로", "ジョアン・ミロ", "胡安·米罗"]
        with_style_word = ["Miro", "미로", "ミロ", "米罗"]

        [[names]]
        id = "rene-magritte"
        rule = "artist-style"
        died = 1967
        aliases = ["Magritte", "René Magritte", "르네 마그리트", "마그리트", "マグリット", "马格里特", "馬格利特"]

        [[names]]
        id = "mc-escher"
        rule = "artist-style"
        died = 1972
        aliases = ["M. C. Escher", "Maurits Escher", "마우리츠 에셔", "マウリッツ・エッシャー", "埃舍尔"]
        with_style_word = ["Escher", "에셔", "エッシャー", "艾雪"]

        [[names]]
        id = "edward-hopper"
        rule = "artist-style"
        died = 1967
        aliases = ["Edward Hopper", "에드워드 호퍼", "エドワード・ホッパー", "爱德华·霍普"]
        with_style_word = ["Hopper", "호퍼"]

        [[names]]
        id = "jackson-pollock"
        rule = "artist-style"
        died = 1956
        aliases = ["Jackson Pollock", "잭슨 폴록", "ジャクソン・ポロック", "杰克逊·波洛克"]
        with_style_word = ["Pollock", "폴록"]

        [[names]]
        id = "mark-rothko"
        rule = "artist-style"
        died = 1970
        aliases = ["Mark Rothko", "마크 로스코", "マーク・ロスコ", "马克·罗斯科"]
        with_style_word = ["Rothko", "로스코"]

        [[names]]
        id = "norman-rockwell"
        rule = "artist-style"
        died = 1978
        aliases = ["Norman Rockwell", "노먼 록웰", "ノーマン・ロックウェル", "诺曼·洛克威尔"]

        [[names]]
        id = "georgia-okeeffe"
        rule = "artist-style"
        died = 1986
        aliases = ["Georgia O'Keeffe", "조지아 오키프", "ジョージア・オキーフ", "乔治亚·欧姬芙"]

        [[names]]
        id = "andy-warhol"
        rule = "artist-style"
        died = 1987
        aliases = ["Warhol", "Andy Warhol", "앤디 워홀", "アンディ・ウォーホル", "安迪·沃霍尔", "安迪沃荷"]
        with_style_word = ["워홀"]

        [[names]]
        id = "jean-michel-basquiat"
        rule = "artist-style"
        died = 1988
        aliases = ["Basquiat", "Jean-Michel Basquiat", "바스키아", "장 미셸 바스키아", "バスキア", "巴斯奎特", "巴斯奇亚"]

        [[names]]
        id = "keith-haring"
        rule = "artist-style"
        died = 1990
        aliases = ["Keith Haring", "키스 해링", "キース・ヘリング", "凯斯·哈林"]
        with_style_word = ["Haring"]

        [[names]]
        id = "roy-lichtenstein"
        rule = "artist-style"
        died = 1997
        aliases = ["Roy Lichtenstein", "로이 리히텐슈타인", "ロイ・リキテンスタイン", "罗伊·利希滕斯坦"]
        with_style_word = ["Lichtenstein"]

        [[names]]
        id = "yayoi-kusama"
        rule = "artist-style"
        aliases = ["Yayoi Kusama", "Kusama Yayoi", "쿠사마 야요이", "구사마 야요이", "草間彌生", "草间弥生", "くさまやよい"]
        with_style_word = ["Kusama", "쿠사마"]

        [[names]]
        id = "takashi-murakami"
        rule = "artist-style"
        aliases = ["Takashi Murakami", "Murakami Takashi", "무라카미 다카시", "무라카미 타카시", "村上隆"]

        [[names]]
        id = "yoshitomo-nara"
        rule = "artist-style"
        aliases = ["Yoshitomo Nara", "Nara Yoshitomo", "나라 요시토모", "奈良美智"]

        [[names]]
        id = "banksy"
        rule = "artist-style"
        aliases = ["Banksy", "뱅크시", "バンクシー", "班克斯艺术"]

        [[names]]
        id = "david-hockney"
        rule = "artist-style"
        aliases = ["David Hockney", "Hockney", "데이비드 호크니", "호크니", "デイヴィッド・ホックニー", "大卫·霍克尼"]

        [[names]]
        id = "damien-hirst"
        rule = "artist-style"
        aliases = ["Damien Hirst", "데미안 허스트", "ダミアン・ハースト", "达明安·赫斯特"]

        [[names]]
        id = "jeff-koons"
        rule = "artist-style"
        aliases = ["Jeff Koons", "제프 쿤스", "ジェフ・クーンズ", "杰夫·昆斯"]

        [[names]]
        id = "hr-giger"
        rule = "artist-style"
        died = 2014
        aliases = ["H. R. Giger", "Hans Ruedi Giger", "한스 루에디 기거", "ハンス・ルドルフ・ギーガー"]
        with_style_word = ["Giger", "기거", "ギーガー"]

        [[names]]
        id = "friedensreich-hundertwasser"
        rule = "artist-style"
        died = 2000
        aliases = ["Hundertwasser", "훈데르트바서", "フンデルトヴァッサー", "百水先生"]

        [[names]]
        id = "greg-rutkowski"
        rule = "artist-style"
        aliases = ["Greg Rutkowski", "Rutkowski", "그렉 루트코스키", "グレッグ・ルトコフスキー", "格雷格·鲁特科夫斯基"]

        [[names]]
        id = "osamu-tezuka"
        rule = "artist-style"
        died = 1989
        aliases = ["Osamu Tezuka", "Tezuka Osamu", "데즈카 오사무", "테즈카 오사무", "手塚治虫", "手冢治虫"]

        [[names]]
        id = "akira-toriyama"
        rule = "artist-style"
        died = 2024
        aliases = ["Akira Toriyama", "Toriyama Akira", "토리야마 아키라", "도리야마 아키라", "鳥山明", "鸟山明"]

        [[names]]
        id = "junji-ito"
        rule = "artist-style"
        aliases = ["Junji Ito", "이토 준지", "伊藤潤二", "伊藤润二"]

        [[names]]
        id = "yoshitaka-amano"
        rule = "artist-style"
        aliases = ["Yoshitaka Amano", "Amano Yoshitaka", "아마노 요시타카", "天野喜孝"]

        [[names]]
        id = "kim-whanki"
        rule = "artist-style"
        died = 1974
        aliases = ["Kim Whanki", "Whanki Kim", "金煥基", "金焕基"]
        with_style_word = ["김환기"]

        [[names]]
        id = "lee-jung-seob"
        rule = "artist-style"
        died = 1956
        aliases = ["Lee Jung-seob", "Lee Jung Seop", "李仲燮"]
        with_style_word = ["이중섭"]

        [[names]]
        id = "park-soo-keun"
        rule = "artist-style"
        died = 1965
        aliases = ["Park Soo-keun", "朴壽根"]
        with_style_word = ["박수근"]

        [[names]]
        id = "nam-june-paik"
        rule = "artist-style"
        died = 2006
        aliases = ["Nam June Paik", "비디오 백남준", "ナム・ジュン・パイク", "白南準", "白南准"]
        with_style_word = ["백남준"]

        [[names]]
        id = "lee-ufan"
        rule = "artist-style"
        aliases = ["Lee Ufan", "李禹煥", "李禹焕"]
        with_style_word = ["이우환"]

        [[names]]
        id = "kim-jung-gi"
        rule = "artist-style"
        died = 2022
        aliases = ["Kim Jung Gi", "Jung Gi Kim", "キム・ジョンギ", "金政基"]
        with_style_word = ["김정기"]

        [[names]]
        id = "zhang-daqian"
        rule = "artist-style"
        died = 1983
        aliases = ["Zhang Daqian", "Chang Dai-chien", "장다첸", "張大千", "张大千"]

        [[names]]
        id = "qi-baishi"
        rule = "artist-style"
        died = 1957
        aliases = ["Qi Baishi", "치바이스", "齐白石", "齊白石"]
        """#
}
