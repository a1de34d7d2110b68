extension RuleFile {
    /// The rule file that ships: an operator begins with it and makes it their own. Its criterion is explained in
    /// `Docs/policy.md`; who died when is public record, checked when the file's version was set.
    public static let defaultTOML = [
        DefaultRules.rules, DefaultRules.phrases, DefaultRules.studios, DefaultRules.characters,
        DefaultRules.artists,
        DefaultRules.people,
    ].joined(separator: "\n")
}

/// The parts of the shipped rule file.
enum DefaultRules {
    /// Head, criterion and rules.
    static let rules = #"""
        schema = 1
        version = "2026-11-28"
        # Words of dictionaries that are a slip away from a name below.
        harmless = [
          "snoop", "snoops", "snooping", "snooty", "warhorse", "warhorses", "pillar", "pillars", "hackney", "hockey", "cockney", "cockneys", "miff", "miffs",
          "batsman", "boatman", "barman", "bateman", "Bataan", "supermen", "Marlboro", "Marlboros", "Sanderson", "moodiness",
          "roominess", "banks", "bank", "despicable", "mornin", "morning", "picar",
          "히브리", "디바이스", "나루터", "방탄복", "뱅크스", "뱅크", "マクロス", "フィールド", "グラフィール", "なると", "トートロジー", "スポンジボール",
        ]

        [appeal]
        ko = "이 판단이 틀렸다면 '이의 제기'에 적어 주세요. 운영자가 답하고, 맞으면 규칙을 고칩니다."
        en = "If this is wrong, object under “Appeal”. The operator answers, and mends the rule where you are right."

        # Life and seventy years, the longest term that Korea, the European Union, Japan and the United States share, counted
        # for 2026; works before 1931 are open in the United States after ninety-five years.
        [date]
        creator_died_before = 1956
        made_before = 1931

        [[rules]]
        id = "artist-style"
        decision = "refuse"
        date_opens = true
        agreement_opens = true
        reason.ko = "‘{words}’은(는) 살아 있거나 세상을 떠난 지 70년이 안 된 작가의 이름입니다. 작가가 동의한 스타일로만 그립니다."
        reason.en = "“{words}” names an artist who is alive or died less than seventy years ago. Their style is drawn only with their agreement."
        alternative.ko = "재료와 빛, 색, 시대를 말로 적어 주세요. 예: ‘굵은 붓, 밝은 원색, 평평한 면’."
        alternative.en = "Describe medium, light, colours or era instead, as in “broad brush, bright primary colours, flat planes”."

        [[rules]]
        id = "studio-style"
        decision = "refuse"
        date_opens = false
        agreement_opens = true
        reason.ko = "‘{words}’은(는) 화면을 만든 회사나 그 감독의 이름입니다. 권리자가 동의한 스타일로만 그립니다."
        reason.en = "“{words}” names a studio or its director. Their look is drawn only with their agreement."
        alternative.ko = "‘손으로 그린 배경, 부드러운 여름빛의 만화영화’처럼 무엇이 좋은지 적어 주세요."
        alternative.en = "Say what you like about it, as in “an animated film with hand-painted backgrounds in soft summer light”."

        [[rules]]
        id = "character"
        decision = "refuse"
        date_opens = true
        agreement_opens = true
        reason.ko = "‘{words}’은(는) 다른 사람이 만든 인물이나 세계의 이름입니다."
        reason.en = "“{words}” names a character or a world that somebody else made."
        alternative.ko = "새 인물을 적어 주세요. 생김새와 성격, 하는 일이면 충분합니다."
        alternative.en = "Describe a character of your own: how they look, what they are like and what they do."

        [[rules]]
        id = "likeness"
        decision = "ask"
        date_opens = false
        agreement_opens = true
        reason.ko = "‘{words}’은(는) 실제 인물입니다. 그 사람이 이 그림에 동의했나요?"
        reason.en = "“{words}” is a real person. Have they agreed to this picture?"
        alternative.ko = "이름 없이 나이, 옷차림, 표정으로 가상의 인물을 적어 주세요."
        alternative.en = "Describe somebody invented by age, clothes and expression, without a name."

        [[rules]]
        id = "demeaning-words"
        decision = "refuse"
        reason.ko = "‘{words}’은(는) 사람을 깎아내리는 말입니다. 장애, 출신, 성별 같은 것으로 사람을 낮추는 그림은 그리지 않습니다."
        reason.en = "“{words}” demeans people. No picture here belittles anybody for a disability, their origin, sex or another trait."
        alternative.ko = "그 사람을 존중하는 말로 바꾸어 적어 주세요."
        alternative.en = "Say it in words that respect the person."

        [[rules]]
        id = "demeaning-scene"
        decision = "ask"
        reason.ko = "‘{words}’이(가) 함께 있어 누군가를 조롱하는 장면일 수 있습니다. 조롱하려는 뜻이 아닌가요?"
        reason.en = "“{words}” stand together, which may make fun of somebody. Is that not what you mean?"
        alternative.ko = "그 사람이 무엇을 하고 느끼는지로 장면을 적어 주세요."
        alternative.en = "Describe the scene by what the person does and feels."
        """#

    /// Words that demean, and words that may together.
    static let phrases = #"""
        [[phrases]]
        rule = "demeaning-words"
        any = [
          "병신", "장애인새끼", "애자새끼", "찐따새끼", "짱깨", "쪽바리", "깜둥이", "똥남아", "튀기새끼", "김치녀", "한남충", "틀딱충", "맘충",
          "retarded person", "retarded kid", "retarded people", "spastic kid", "subhuman", "subhumans",
          "untermensch", "nigger", "niggers", "chink eyes", "gook", "gooks", "faggot", "faggots", "tranny",
          "かたわ者", "きちがい", "キチガイ", "知恵遅れ", "シナ人め", "チョン公", "土人め", "片輪者",
          "残废人", "殘廢人", "死残废", "弱智儿童", "智障儿", "黑鬼", "支那猪", "支那豬", "高丽棒子", "高麗棒子", "小日本鬼子",
        ]

        [[phrases]]
        rule = "demeaning-scene"
        within_characters = 60
        together = [
          [
            "장애인", "지체장애인", "시각장애인", "청각장애인", "다운증후군", "자폐아", "휠체어 탄 사람", "난쟁이", "노숙자", "이주노동자", "난민", "흑인", "동남아인", "성소수자",
            "disabled person", "disabled people", "disabled man", "disabled woman", "disabled child", "disabled kid",
            "blind man", "deaf person", "wheelchair user", "person in a wheelchair", "man in a wheelchair", "autistic kid",
            "autistic child", "down syndrome", "dwarfs", "homeless man", "homeless people", "refugees", "immigrants",
            "black people", "asian people", "jews", "muslims", "gay people", "trans people", "old people",
            "障害者", "身体障害者", "知的障害者", "ダウン症", "車椅子の人", "黒人", "難民", "移民",
            "残疾人", "殘疾人", "唐氏综合征", "自闭症儿童", "坐轮椅的人", "难民", "难民们",
          ],
          [
            "조롱", "비웃는", "놀리는", "혐오스러운", "역겨운", "기괴한", "괴물", "괴물 같은", "열등한", "우스꽝스러운", "더러운", "짐승", "벌레", "좀비",
            "mocking", "mocked", "ridiculed", "ridiculous", "disgusting", "grotesque", "pathetic", "inferior", "monsters",
            "monstrous", "laughed at", "making fun", "make fun", "vermin", "cockroaches", "zombies", "freak", "freaks",
            "嘲笑", "笑いもの", "気持ち悪い", "醜い", "怪物", "ゾンビ", "劣等", "虫けら", "化け物",
            "恶心", "噁心", "丑陋", "醜陋", "怪物一样", "低等", "僵尸", "可笑", "畜生",
          ],
        ]
        """#
}
