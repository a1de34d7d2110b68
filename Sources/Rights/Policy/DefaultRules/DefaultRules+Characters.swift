extension DefaultRules {
    /// Characters and worlds.
    static let characters = #"""
        [[names]]
        id = "totoro"
        rule = "character"
        part_of = "studio-ghibli"
        aliases = ["Totoro", "토토로", "トトロ", "龙猫公交", "となりのトトロ"]
        with_style_word = ["龙猫", "龍貓"]

        [[names]]
        id = "spirited-away"
        rule = "character"
        part_of = "studio-ghibli"
        aliases = ["Spirited Away", "센과 치히로", "千と千尋", "千与千寻", "神隱少女"]

        [[names]]
        id = "mickey-mouse"
        rule = "character"
        part_of = "disney"
        aliases = ["Mickey Mouse", "Minnie Mouse", "미키마우스", "미니마우스", "ミッキーマウス", "ミニーマウス", "米老鼠", "米奇老鼠"]

        [[names]]
        id = "donald-duck"
        rule = "character"
        part_of = "disney"
        aliases = ["Donald Duck", "도널드 덕", "ドナルドダック", "唐老鸭", "唐老鴨"]

        [[names]]
        id = "pokemon"
        rule = "character"
        aliases = ["Pokemon", "Pokémon", "포켓몬", "포켓몬스터", "ポケモン", "ポケットモンスター", "宝可梦", "寶可夢", "神奇宝贝"]

        [[names]]
        id = "pikachu"
        rule = "character"
        part_of = "pokemon"
        aliases = ["Pikachu", "피카츄", "ピカチュウ", "皮卡丘"]

        [[names]]
        id = "super-mario"
        rule = "character"
        aliases = ["Super Mario", "Mario Bros", "Mario Kart", "슈퍼마리오", "수퍼마리오", "スーパーマリオ", "超级马里奥", "超級瑪利歐"]

        [[names]]
        id = "zelda"
        rule = "character"
        aliases = ["Legend of Zelda", "젤다의 전설", "ゼルダの伝説", "塞尔达传说", "薩爾達傳說"]
        whole_words = ["Zelda"]

        [[names]]
        id = "kirby"
        rule = "character"
        aliases = ["Nintendo Kirby", "별의 커비", "星のカービィ", "星之卡比"]

        [[names]]
        id = "sonic-the-hedgehog"
        rule = "character"
        aliases = ["Sonic the Hedgehog", "소닉 더 헤지혹", "ソニック・ザ・ヘッジホッグ", "刺猬索尼克", "音速小子"]

        [[names]]
        id = "hello-kitty"
        rule = "character"
        aliases = ["Hello Kitty", "헬로키티", "헬로 키티", "ハローキティ", "凯蒂猫", "凱蒂貓"]

        [[names]]
        id = "cinnamoroll"
        rule = "character"
        aliases = ["Cinnamoroll", "시나모롤", "シナモロール", "玉桂狗", "大耳狗喜拿"]

        [[names]]
        id = "doraemon"
        rule = "character"
        aliases = ["Doraemon", "도라에몽", "ドラえもん", "哆啦A梦", "哆啦A夢", "机器猫小叮当"]

        [[names]]
        id = "crayon-shin-chan"
        rule = "character"
        aliases = ["Crayon Shin-chan", "Shin-chan Nohara", "짱구는 못말려", "크레용 신짱", "クレヨンしんちゃん", "蜡笔小新", "蠟筆小新"]

        [[names]]
        id = "one-piece"
        rule = "character"
        aliases = ["Monkey D. Luffy", "One Piece anime", "원피스 루피", "몽키 D 루피", "モンキー・D・ルフィ", "蒙奇·D·路飞", "海贼王路飞"]
        with_style_word = ["One Piece", "ワンピース", "海贼王", "航海王"]

        [[names]]
        id = "naruto"
        rule = "character"
        aliases = ["Naruto", "Uzumaki Naruto", "나루토", "우즈마키 나루토", "うずまきナルト", "漩涡鸣人", "火影忍者"]

        [[names]]
        id = "dragon-ball"
        rule = "character"
        aliases = ["Dragon Ball", "Dragonball", "Son Goku", "드래곤볼", "손오공 초사이어인", "ドラゴンボール", "孫悟空スーパーサイヤ人", "龙珠超", "七龍珠"]

        [[names]]
        id = "sailor-moon"
        rule = "character"
        aliases = ["Sailor Moon", "세일러문", "세일러 문", "セーラームーン", "美少女战士", "美少女戰士"]

        [[names]]
        id = "evangelion"
        rule = "character"
        aliases = ["Evangelion", "에반게리온", "エヴァンゲリオン", "新世纪福音战士", "新世紀福音戰士"]

        [[names]]
        id = "attack-on-titan"
        rule = "character"
        aliases = ["Attack on Titan", "Shingeki no Kyojin", "진격의 거인", "進撃の巨人", "进击的巨人", "進擊的巨人"]

        [[names]]
        id = "demon-slayer"
        rule = "character"
        aliases = ["Demon Slayer", "Kimetsu no Yaiba", "귀멸의 칼날", "鬼滅の刃", "鬼灭之刃", "鬼滅之刃"]

        [[names]]
        id = "gundam"
        rule = "character"
        aliases = ["Gundam", "건담", "ガンダム", "高达机甲", "機動戦士", "机动战士"]

        [[names]]
        id = "spider-man"
        rule = "character"
        aliases = ["Spider-Man", "스파이더맨", "スパイダーマン", "蜘蛛侠", "蜘蛛俠"]

        [[names]]
        id = "batman"
        rule = "character"
        aliases = ["Batman", "배트맨", "バットマン", "蝙蝠侠", "蝙蝠俠"]

        [[names]]
        id = "superman"
        rule = "character"
        aliases = ["Superman", "슈퍼맨", "スーパーマン"]

        [[names]]
        id = "marvel"
        rule = "character"
        aliases = ["Marvel Comics", "Marvel Studios", "Avengers Marvel", "마블 코믹스", "マーベル・コミック", "漫威漫画", "漫威漫畫"]
        with_style_word = ["Marvel", "마블", "マーベル", "漫威"]

        [[names]]
        id = "iron-man"
        rule = "character"
        part_of = "marvel"
        aliases = ["Iron Man", "아이언맨", "アイアンマン", "钢铁侠", "鋼鐵人"]

        [[names]]
        id = "star-wars"
        rule = "character"
        aliases = ["Star Wars", "Darth Vader", "스타워즈", "다스베이더", "スター・ウォーズ", "ダース・ベイダー", "星球大战", "星際大戰"]

        [[names]]
        id = "harry-potter"
        rule = "character"
        aliases = ["Harry Potter", "해리포터", "해리 포터", "ハリー・ポッター", "哈利·波特", "哈利波特"]

        [[names]]
        id = "spongebob"
        rule = "character"
        aliases = ["SpongeBob", "SpongeBob SquarePants", "스폰지밥", "スポンジ・ボブ", "海绵宝宝", "海綿寶寶"]

        [[names]]
        id = "minions"
        rule = "character"
        aliases = ["Despicable Me", "슈퍼배드 미니언즈", "怪盗グルー", "神偷奶爸", "小黄人"]
        with_style_word = ["Minions", "미니언즈", "ミニオンズ"]

        [[names]]
        id = "simpsons"
        rule = "character"
        aliases = ["The Simpsons", "Homer Simpson", "Bart Simpson", "심슨 가족", "ザ・シンプソンズ", "辛普森一家"]

        [[names]]
        id = "peanuts-snoopy"
        rule = "character"
        aliases = ["Snoopy", "Charlie Brown", "스누피", "찰리 브라운", "スヌーピー", "史努比"]

        [[names]]
        id = "garfield"
        rule = "character"
        aliases = ["Garfield cat", "고양이 가필드", "ガーフィールド", "加菲猫", "加菲貓"]

        [[names]]
        id = "peppa-pig"
        rule = "character"
        aliases = ["Peppa Pig", "페파피그", "페파 피그", "ペッパピッグ", "小猪佩奇", "粉紅豬小妹"]

        [[names]]
        id = "moomin"
        rule = "character"
        aliases = ["Moomin", "Moomintroll", "무민 캐릭터", "ムーミン", "姆明", "姆米"]

        [[names]]
        id = "miffy"
        rule = "character"
        aliases = ["Miffy", "미피 토끼", "ミッフィー", "米菲兔"]

        [[names]]
        id = "pororo"
        rule = "character"
        aliases = ["Pororo", "뽀로로", "뽀롱뽀롱", "ポロロ", "小企鹅啵乐乐"]

        [[names]]
        id = "teenieping"
        rule = "character"
        aliases = ["Catch Teenieping", "Teenieping", "티니핑", "캐치티니핑", "キャッチティニピン", "奇妙萌可"]

        [[names]]
        id = "baby-shark-pinkfong"
        rule = "character"
        aliases = ["Pinkfong", "핑크퐁", "ピンキッツ", "碰碰狐"]

        [[names]]
        id = "kakao-friends"
        rule = "character"
        aliases = ["Kakao Friends", "카카오프렌즈", "카카오 프렌즈", "カカオフレンズ", "可可朋友"]

        [[names]]
        id = "solo-leveling"
        rule = "character"
        aliases = ["Solo Leveling", "나 혼자만 레벨업", "俺だけレベルアップな件", "我独自升级", "我獨自升級"]

        [[names]]
        id = "genshin-impact"
        rule = "character"
        aliases = ["Genshin Impact", "겐신 임팩트", "원신 게임", "げんしんインパクト"]
        with_style_word = ["Genshin", "원신", "原神"]
        """#
}
