/// Korean words for what a tableau shows, the plainest first.
enum KoreanLexicon {
    static func subject(_ subject: Tableau.Subject) -> [String] {
        switch subject {
        case .toddler: ["아기", "어린아이", "꼬마"]
        case .girl: ["소녀", "여자아이", "어린 소녀"]
        case .boy: ["소년", "남자아이", "어린 소년"]
        case .woman: ["여자", "여인", "젊은 여자"]
        case .man: ["남자", "청년", "젊은 남자"]
        case .grandmother: ["할머니", "나이 든 여인"]
        case .grandfather: ["할아버지", "노인"]
        case .cat: ["고양이", "귀여운 고양이"]
        case .dog: ["강아지", "개"]
        case .rabbit: ["토끼", "귀여운 토끼"]
        case .fox: ["여우"]
        case .deer: ["사슴"]
        case .horse: ["말"]
        case .bear: ["곰"]
        case .tiger: ["호랑이"]
        case .bird: ["새", "작은 새"]
        case .magpie: ["까치"]
        case .crane: ["두루미", "학"]
        case .duck: ["오리"]
        case .owl: ["부엉이", "올빼미"]
        case .fish: ["물고기"]
        case .whale: ["고래"]
        case .butterfly: ["나비"]
        case .umbrella: ["우산"]
        case .lantern: ["등불", "초롱"]
        case .bicycle: ["자전거"]
        case .boat: ["돛단배", "배"]
        case .kite: ["연"]
        case .balloon: ["풍선"]
        case .teapot: ["찻주전자", "주전자"]
        case .book: ["책"]
        case .suitcase: ["여행 가방", "가방"]
        case .lamp: ["스탠드", "램프"]
        case .bench: ["벤치"]
        case .flowers: ["꽃병", "꽃병에 꽂힌 꽃"]
        }
    }

    static func place(_ tableau: Tableau) -> [String] {
        switch tableau.place {
        case .forest: ["숲", "숲길", "숲속"]
        case .magicForest: ["마법 숲", "신비한 숲", "빛나는 마법 숲"]
        case .meadow: tableau.isSnowy ? ["들판", "언덕"] : ["들판", "풀밭", "언덕"]
        case .garden: ["정원", "마당"]
        case .seaside: ["바닷가", "해변"]
        case .harbour: ["항구", "작은 항구", "포구"]
        case .town: ["마을", "마을 거리", "마을 광장"]
        case .alley: ["골목", "골목길", "좁은 골목"]
        case .market: ["시장", "시장 거리"]
        case .station: ["기차역", "역 승강장", "기차역 승강장"]
        case .room: ["방", "창문이 있는 방", "방 안"]
        case .rooftop: ["옥상", "도시의 옥상"]
        case .mountainLake: ["호숫가", "산속 호숫가"]
        case .snowVillage: ["눈 덮인 마을", "눈 마을"]
        case .wheatField: ["밀밭", "시골 밀밭"]
        case .riceField: ["논", "시골 논", "논밭"]
        case .temple: ["절", "산사", "절 마당"]
        case .hanok: ["한옥 마을", "한옥 골목", "기와집 골목"]
        case .underwater: ["바닷속", "물속"]
        case .plain: []
        }
    }

    static func hour(_ tableau: Tableau) -> [String] {
        switch tableau.hour {
        case .dawn: ["새벽", "이른 아침", "해 뜰 무렵"]
        case .day: tableau.weather == .clear && tableau.place.hasWeather ? ["낮", "맑은 날", "화창한 날"] : ["낮"]
        case .sunset: ["해 질 녘", "노을 지는 저녁", "저녁노을 속"]
        case .dusk: ["어스름", "땅거미 진 저녁", "초저녁"]
        case .night: ["밤", "깊은 밤"]
        case .starryNight: tableau.showsStars ? ["별이 빛나는 밤", "별밤", "은하수 흐르는 밤"] : ["밤"]
        }
    }

    static func hourNoun(_ tableau: Tableau) -> String {
        switch tableau.hour {
        case .dawn: "새벽"
        case .day: "낮"
        case .sunset: "노을"
        case .dusk: "어스름"
        case .night: "밤"
        case .starryNight: tableau.showsStars ? "별밤" : "밤"
        }
    }

    static func weather(_ weather: Tableau.Weather) -> [String] {
        switch weather {
        case .clear: []
        case .rain: ["비 오는", "비 내리는", "비가 내리는"]
        case .storm: ["폭풍우 치는", "비바람 부는"]
        case .fog: ["안개 낀", "안개 자욱한"]
        case .snow: ["눈 오는", "눈 내리는", "눈이 내리는"]
        }
    }

    static func weatherNoun(_ weather: Tableau.Weather) -> String {
        switch weather {
        case .clear: "맑음"
        case .rain: "비"
        case .storm: "폭풍우"
        case .fog: "안개"
        case .snow: "눈"
        }
    }

    static func season(_ season: Tableau.Season) -> [String] {
        switch season {
        case .spring: ["봄", "봄날"]
        case .summer: ["여름", "여름날"]
        case .autumn: ["가을", "가을날"]
        case .winter: ["겨울", "겨울날"]
        }
    }

    static func seasonNoun(_ value: Tableau.Season) -> String { season(value)[0] }

    static func glow(_ glow: Tableau.Glow) -> [String] {
        switch glow {
        case .none: []
        case .fireflies: ["반딧불이", "날아다니는 반딧불이"]
        case .lanterns: ["줄지어 걸린 등", "색색의 등불"]
        }
    }

    static func medium(_ medium: Tableau.Medium) -> [String] {
        switch medium {
        case .watercolor: ["수채화", "맑은 수채화", "수채화 느낌"]
        case .gouache: ["과슈화", "과슈 그림", "불투명 수채화"]
        case .oil: ["유화", "유화 느낌", "두꺼운 붓질의 유화"]
        case .inkWash: ["수묵화", "먹그림", "수묵 담채화"]
        case .pencil: ["연필화", "연필 스케치", "흑백 연필 그림"]
        case .colouredPencil: ["색연필화", "색연필 그림", "색연필 느낌"]
        case .pastel: ["파스텔화", "파스텔 그림", "부드러운 파스텔화"]
        case .paperCut: ["종이 공예", "종이를 오려 만든 그림", "페이퍼 컷"]
        case .woodcut: ["목판화", "판화", "목판화 느낌"]
        case .flat: ["플랫 일러스트", "평면 일러스트", "단순한 평면 그림"]
        }
    }

    static func palette(_ palette: Tableau.Palette) -> [String] {
        switch palette {
        case .natural: []
        case .soft: ["부드러운 색감", "은은한 색감", "부드러운 톤"]
        case .vivid: ["선명한 색감", "화사한 색감"]
        case .warm: ["따뜻한 색감", "따뜻한 톤"]
        case .cool: ["차가운 색감", "시원한 톤"]
        }
    }

    static func framing(_ framing: Tableau.Framing, isPerson: Bool) -> [String] {
        switch framing {
        case .portrait: isPerson ? ["초상", "얼굴 가까이", "클로즈업"] : ["클로즈업", "가까이 본 모습"]
        case .wide: ["넓은 풍경", "멀리서 본 모습"]
        default: []
        }
    }

    static func hue(_ hue: Tableau.Hue) -> String {
        switch hue {
        case .red: "빨간"
        case .orange: "주황색"
        case .yellow: "노란"
        case .green: "초록색"
        case .blue: "파란"
        case .navy: "남색"
        case .purple: "보라색"
        case .pink: "분홍색"
        case .white: "하얀"
        case .black: "검은"
        case .gray: "회색"
        case .brown: "갈색"
        }
    }

    /// Whether an animal's or thing's colour is worth a word: every fox is orange.
    static func isColourful(_ member: Tableau.Member) -> Bool {
        ![.fox, .tiger, .deer, .magpie, .crane].contains(member.subject)
    }

    static func outfit(_ outfit: Tableau.Outfit) -> String {
        switch outfit {
        case .shirt: "셔츠"
        case .dress: "원피스"
        case .coat: "코트"
        case .hanbok: "한복"
        case .sweater: "스웨터"
        }
    }

    static func held(_ held: Tableau.Held) -> String {
        switch held {
        case .umbrella: "우산"
        case .lantern: "등불"
        case .book: "책"
        case .balloon: "풍선"
        case .cup: "찻잔"
        case .flowers: "꽃다발"
        case .kite: "연"
        case .suitcase: "여행 가방"
        }
    }

    static func expression(_ expression: Tableau.Expression) -> String? {
        switch expression {
        case .calm: nil
        case .smiling: "미소 짓는"
        case .laughing: "활짝 웃는"
        case .sad: "슬픈 얼굴의"
        case .surprised: "놀란"
        case .eyesClosed: "눈을 감은"
        }
    }

    static func action(_ member: Tableau.Member) -> [String] {
        switch member.action {
        case .standing: ["서 있는"]
        case .walking: ["걷는", "걷고 있는", "걸어가는"]
        case .running: ["달리는", "뛰어가는"]
        case .sitting: ["앉아 있는", "앉은"]
        case .reading: ["책을 읽는", "책을 읽고 있는"]
        case .waving: ["손을 흔드는", "손 흔드는"]
        case .gazing: ["먼 곳을 바라보는", "하염없이 바라보는"]
        case .jumping: ["뛰어오르는", "폴짝 뛰는"]
        case .cycling: ["자전거를 타는", "자전거 타는"]
        case .lying: ["엎드려 있는", "웅크려 쉬는"]
        case .flying: ["나는", "날고 있는", "날아가는"]
        case .swimming: ["헤엄치는"]
        }
    }

    static func position(_ tableau: Tableau) -> String {
        switch tableau.position {
        case .left: "왼쪽에"
        case .center: ""
        case .right: "오른쪽에"
        }
    }
}
