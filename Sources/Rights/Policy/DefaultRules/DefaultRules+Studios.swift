extension DefaultRules {
    /// Studios and those who direct there.
    static let studios = #"""
        [[names]]
        id = "studio-ghibli"
        rule = "studio-style"
        aliases = ["Ghibli", "Studio Ghibli", "Jibli", "지브리", "스튜디오 지브리", "기블리", "ジブリ", "スタジオジブリ", "吉卜力", "吉卜力工作室", "吉普力", "Гибли"]

        [[names]]
        id = "hayao-miyazaki"
        rule = "studio-style"
        part_of = "studio-ghibli"
        aliases = ["Hayao Miyazaki", "Miyazaki Hayao", "미야자키 하야오", "미야자키하야오", "宮崎駿", "宮﨑駿", "宫崎骏", "ミヤザキハヤオ", "みやざきはやお"]
        with_style_word = ["Miyazaki", "미야자키", "宮崎", "宫崎"]

        [[names]]
        id = "isao-takahata"
        rule = "studio-style"
        part_of = "studio-ghibli"
        aliases = ["Isao Takahata", "Takahata Isao", "다카하타 이사오", "타카하타 이사오", "高畑勲", "高畑勋", "高畑勳"]

        [[names]]
        id = "disney"
        rule = "studio-style"
        aliases = ["Disney", "Walt Disney", "디즈니", "월트 디즈니", "ディズニー", "ウォルト・ディズニー", "迪士尼", "迪斯尼", "华特迪士尼", "Дисней"]

        [[names]]
        id = "pixar"
        rule = "studio-style"
        part_of = "disney"
        aliases = ["Pixar", "픽사", "ピクサー", "皮克斯"]

        [[names]]
        id = "dreamworks"
        rule = "studio-style"
        aliases = ["DreamWorks", "드림웍스", "ドリームワークス", "梦工厂动画", "夢工廠動畫"]

        [[names]]
        id = "makoto-shinkai"
        rule = "studio-style"
        aliases = ["Makoto Shinkai", "Shinkai Makoto", "신카이 마코토", "新海誠", "新海诚", "シンカイマコト"]
        with_style_word = ["Shinkai", "신카이"]

        [[names]]
        id = "kyoto-animation"
        rule = "studio-style"
        aliases = ["Kyoto Animation", "KyoAni", "교토 애니메이션", "쿄애니", "京都アニメーション", "京アニ", "京都动画", "京都動畫"]

        [[names]]
        id = "ufotable"
        rule = "studio-style"
        aliases = ["ufotable", "유포터블", "ユーフォーテーブル", "飞碟社"]

        [[names]]
        id = "aardman"
        rule = "studio-style"
        aliases = ["Aardman", "아드만 스튜디오", "アードマン", "阿德曼动画"]

        [[names]]
        id = "tim-burton"
        rule = "studio-style"
        aliases = ["Tim Burton", "팀 버튼", "ティム・バートン", "蒂姆·伯顿", "提姆·波頓"]

        [[names]]
        id = "wes-anderson"
        rule = "studio-style"
        aliases = ["Wes Anderson", "웨스 앤더슨", "ウェス・アンダーソン", "韦斯·安德森", "魏斯·安德森"]
        """#
}
