extension CaptionWords {
    /// The Korean words that are true of a scene.
    init(korean scene: Scene) {
        let details = SceneDetails(scene)
        place = Self.koreanPlace(scene)
        time = Self.koreanTime(scene)
        switch scene.weather {
        case .clear: weather = []
        case .rain:
            weather = [.init("비 오는", "비 오는 날"), .init("비 내리는", "비 내리는 날"), .init("비가 내리는", "비가 내리는 날")]
        case .snow:
            weather = [.init("눈 오는", "눈 오는 날"), .init("눈 내리는", "눈 내리는 날"), .init("눈이 내리는", "눈이 내리는 날")]
        }
        switch scene.subject {
        case .girl: subject = ["소녀", "여자아이", "어린 소녀"]
        case .boy: subject = ["소년", "남자아이", "어린 소년"]
        case .oldMan: subject = ["할아버지", "노인", "흰 수염 할아버지"]
        case .cat: subject = ["고양이", "귀여운 고양이"]
        case .dog: subject = ["강아지", "개", "귀여운 강아지"]
        case .bird: subject = ["새", "작은 새", "귀여운 새"]
        case .none: subject = []
        }
        switch (scene.subject, scene.action) {
        case (.none, _): action = []
        case (.bird, .walking): action = ["나는", "날아가는", "날고 있는"]
        case (_, .walking): action = ["걷는", "걷고 있는", "걸어가는"]
        case (_, .sitting): action = ["앉아 있는", "앉은"]
        case (_, .standing): action = ["서 있는", "가만히 서 있는"]
        }
        switch scene.medium {
        case .watercolor: medium = ["수채화", "수채화 스타일", "수채화 느낌", "맑은 수채화"]
        case .oil: medium = ["유화", "유화 스타일", "유화 느낌", "두꺼운 붓터치의 유화"]
        case .ink: medium = ["펜화", "잉크 펜화", "잉크 드로잉", "굵은 선의 펜 그림"]
        case .pencil: medium = ["색연필화", "색연필 그림", "색연필 스타일", "연필 스케치"]
        case .pastel: medium = ["파스텔화", "파스텔 그림", "파스텔화 스타일", "부드러운 파스텔화"]
        case .flat: medium = ["플랫 일러스트", "평면 일러스트", "단순한 평면 그림", "플랫 디자인"]
        }
        switch scene.mood {
        case .none: mood = []
        case .soft: mood = ["부드러운 톤", "은은한 색감", "잔잔한 분위기", "부드러운 색감"]
        case .vivid: mood = ["선명한 색감", "화사한 색감", "강렬한 색감", "선명한 톤"]
        }
        let hasSubject = scene.subject != .none
        solitude = hasSubject ? ["혼자", "홀로"] : []
        manner = hasSubject && scene.action != .walking ? ["조용한", "조용한", "고요한", "차분한", "외로운"] : []
        color = Self.koreanColor(scene, details)
        prop = Self.koreanProp(scene, details)
        impression = ["동화풍", "동화책 삽화", "동화 같은 그림"]
        if scene.medium != .flat { impression += ["손그림 느낌", "손그림 느낌", "손으로 그린 느낌"] }
        if scene.place == .magicForest { impression += ["판타지 감성", "환상적인 분위기"] }
        if details.hasJapaneseGate { impression += ["일본 판타지 감성", "일본 판타지 감성", "일본 판타지 감성", "일본풍 판타지"] }
    }

    private static func koreanPlace(_ scene: Scene) -> [String] {
        let isSnowy = scene.weather == .snow
        let isEmpty = scene.subject == .none
        switch scene.place {
        case .forest:
            return ["숲", "숲속"] + (isSnowy ? [] : scene.timeOfDay == .day ? ["푸른 숲", "초록 숲"] : ["나무가 우거진 숲"])
        case .magicForest: return ["마법 숲", "마법의 숲", "신비한 마법 숲", "빛나는 마법 숲"]
        case .meadow: return isSnowy ? ["들판", "언덕"] : ["꽃밭", "들판", "꽃이 핀 들판", "꽃 핀 언덕"]
        case .seaside: return ["바닷가", "해변"] + (isSnowy ? [] : ["모래사장"])
        case .town: return ["마을", "마을 거리", "작은 마을", "동네 골목"]
        case .mountainLake: return isEmpty ? ["산속 호수", "산과 호수", "호숫가"] : ["호숫가", "산속 호숫가", "산 아래 호숫가"]
        case .field:
            return ["밀밭", "시골 밀밭"] + (scene.timeOfDay == .night || isSnowy ? [] : ["황금빛 밀밭", "황금 들녘"])
        }
    }

    private static func koreanTime(_ scene: Scene) -> [Circumstance] {
        let isClear = scene.weather == .clear
        switch scene.timeOfDay {
        case .day:
            return isClear
                ? [
                    .init("낮의", "낮에"), .init("맑은 날의", "맑은 날에"), .init("화창한 날의", "화창한 날"),
                    .init("햇살 가득한", "햇살 아래"),
                ]
                : [.init("낮의", "낮에")]
        case .sunset:
            return isClear
                ? [.init("노을 속"), .init("노을 지는", "노을 질 때"), .init("저녁노을 속"), .init("해 질 녘의", "해 질 녘")]
                : [.init("해 질 녘의", "해 질 녘"), .init("저녁의", "저녁에")]
        case .night:
            let isWood = scene.place == .forest || scene.place == .magicForest
            // Crowns may hide the stars, not the moonlight.
            if isClear, isWood { return [.init("밤의", "밤에"), .init("달밤의", "달밤에"), .init("달빛 아래")] }
            return isClear
                ? [.init("밤의", "밤에"), .init("별이 빛나는 밤의", "별이 빛나는 밤에"), .init("달밤의", "달밤에"), .init("달빛 아래")]
                : [.init("밤의", "밤에"), .init("어두운 밤의", "어두운 밤에")]
        }
    }

    private static func koreanColor(_ scene: Scene, _ details: SceneDetails) -> [String] {
        if scene.subject.isPerson {
            let word =
                switch details.clothes {
                case .red: "빨간"
                case .yellow: "노란"
                case .blue: "파란"
                case .green: "초록색"
                case .purple: "보라색"
                case .pink: "분홍색"
                case .white: "하얀"
                }
            return ["\(word) 옷을 입은"]
        }
        guard scene.subject != .none else { return [] }
        switch details.coat {
        case .white: return ["하얀", "흰"]
        case .black: return ["검은", "까만"]
        case .gray: return ["회색"]
        case .orange: return ["주황색"]
        case .brown: return ["갈색"]
        case .yellow: return ["노란"]
        case .blue: return ["파란"]
        case .red: return ["빨간"]
        }
    }

    private static func koreanProp(_ scene: Scene, _ details: SceneDetails) -> [String] {
        if details.hasUmbrella { return ["우산을 쓴", "우산 쓴"] }
        guard scene.action == .sitting else { return [] }
        if scene.subject == .bird { return ["둥지에"] }
        guard scene.subject.isPerson else { return [] }
        switch details.seat {
        case .ground: return ["땅에"]
        case .rock: return ["바위에"]
        case .log: return ["통나무에"]
        }
    }
}
