extension DefaultRules {
    /// People whose likeness is asked for most. The rule holds for everyone; a list can only name a few.
    static let people = #"""
        [[names]]
        id = "bts"
        rule = "likeness"
        aliases = ["Bangtan Boys", "방탄소년단", "防弾少年団", "防弹少年团", "防彈少年團"]
        whole_words = ["BTS"]

        [[names]]
        id = "blackpink"
        rule = "likeness"
        aliases = ["BLACKPINK", "블랙핑크", "ブラックピンク"]

        [[names]]
        id = "iu"
        rule = "likeness"
        aliases = ["가수 아이유", "IU singer", "李知恩"]
        whole_words = ["아이유"]

        [[names]]
        id = "son-heung-min"
        rule = "likeness"
        aliases = ["Son Heung-min", "Heung-min Son", "손흥민", "ソン・フンミン", "孙兴慜", "孫興慜"]

        [[names]]
        id = "yuna-kim"
        rule = "likeness"
        aliases = ["Yuna Kim", "Kim Yuna", "キム・ヨナ", "金妍儿", "金妍兒"]
        whole_words = ["김연아"]

        [[names]]
        id = "shohei-ohtani"
        rule = "likeness"
        aliases = ["Shohei Ohtani", "Ohtani Shohei", "오타니 쇼헤이", "大谷翔平"]

        [[names]]
        id = "taylor-swift"
        rule = "likeness"
        aliases = ["Taylor Swift", "테일러 스위프트", "テイラー・スウィフト", "泰勒·斯威夫特", "泰勒絲"]

        [[names]]
        id = "tom-cruise"
        rule = "likeness"
        aliases = ["Tom Cruise", "톰 크루즈", "トム・クルーズ", "汤姆·克鲁斯", "湯姆克魯斯"]

        [[names]]
        id = "elon-musk"
        rule = "likeness"
        aliases = ["Elon Musk", "일론 머스크", "イーロン・マスク", "埃隆·马斯克", "伊隆馬斯克"]

        [[names]]
        id = "donald-trump"
        rule = "likeness"
        aliases = ["Donald Trump", "도널드 트럼프", "트럼프 대통령", "ドナルド・トランプ", "唐纳德·特朗普", "特朗普", "川普总统"]

        [[names]]
        id = "joe-biden"
        rule = "likeness"
        aliases = ["Joe Biden", "조 바이든", "ジョー・バイデン", "乔·拜登", "拜登总统"]

        [[names]]
        id = "vladimir-putin"
        rule = "likeness"
        aliases = ["Vladimir Putin", "블라디미르 푸틴", "ウラジーミル・プーチン", "弗拉基米尔·普京", "Путин"]
        whole_words = ["Putin", "푸틴", "プーチン", "普京"]

        [[names]]
        id = "volodymyr-zelensky"
        rule = "likeness"
        aliases = ["Volodymyr Zelensky", "Zelenskyy", "젤렌스키", "ゼレンスキー", "泽连斯基", "澤倫斯基"]

        [[names]]
        id = "xi-jinping"
        rule = "likeness"
        aliases = ["Xi Jinping", "시진핑", "習近平", "习近平"]

        [[names]]
        id = "kim-jong-un"
        rule = "likeness"
        aliases = ["Kim Jong Un", "김정은 위원장", "金正恩"]
        whole_words = ["김정은"]

        [[names]]
        id = "lee-jae-myung"
        rule = "likeness"
        aliases = ["Lee Jae-myung", "이재명 대통령", "李在明"]
        whole_words = ["이재명"]

        [[names]]
        id = "yoon-suk-yeol"
        rule = "likeness"
        aliases = ["Yoon Suk Yeol", "윤석열", "尹錫悦", "尹锡悦", "尹錫悅"]

        [[names]]
        id = "cristiano-ronaldo"
        rule = "likeness"
        aliases = ["Cristiano Ronaldo", "크리스티아누 호날두", "クリスティアーノ・ロナウド", "克里斯蒂亚诺·罗纳尔多", "C羅納度"]
        whole_words = ["호날두"]

        [[names]]
        id = "lionel-messi"
        rule = "likeness"
        aliases = ["Lionel Messi", "리오넬 메시", "リオネル・メッシ", "利昂内尔·梅西", "萊納爾·梅西"]

        [[names]]
        id = "emma-watson"
        rule = "likeness"
        aliases = ["Emma Watson", "엠마 왓슨", "エマ・ワトソン", "艾玛·沃森", "艾瑪華森"]

        [[names]]
        id = "scarlett-johansson"
        rule = "likeness"
        aliases = ["Scarlett Johansson", "스칼렛 요한슨", "スカーレット・ヨハンソン", "斯嘉丽·约翰逊", "史嘉蕾喬韓森"]
        """#
}
