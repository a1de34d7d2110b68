/// What may be joined to a name without making it another word: particles, plurals, "-style".
enum WordEndings {
    /// Joined without a space. Up to four follow on each other, as 풍, 으로 and 만 do.
    private static let latin = folded([
        "s", "es", "x", "y", "ed", "er", "esque", "ish", "like", "style", "styled", "styles", "inspired",
        "core", "fy", "ify",
        "ified", "ifying", "ification", "fication", "fied", "ism", "ist", "ian", "art", "arts", "verse",
        "world", "land", "film", "films",
        "movie", "movies", "anime", "char", "character", "characters", "look", "vibe", "vibes", "studio",
        "studios",
        "painting", "paintings", "pics", "pic", "image", "filter", "mode", "type", "lora", "ai", "art",
        "themed",
    ])
    private static let korean = folded([
        "풍", "스타일", "식", "체", "처럼", "같은", "같이", "느낌", "틱", "스러운", "스럽게", "감성", "화풍", "그림", "그림체", "애니",
        "애니메이션", "영화", "의",
        "를", "을", "이", "가", "은", "는", "에", "에서", "로", "으로", "와", "과", "도", "만", "랑", "이랑", "하고", "인", "적",
        "작품", "작", "캐릭터",
        "만화", "사진", "버전", "버젼", "필터", "화", "세계", "월드", "랜드", "나", "이나", "야", "님", "씨", "들", "까지", "부터", "보다",
        "한테", "에게",
        "라는", "이라는", "이고", "고", "이야", "예요", "입니다", "다운", "답게", "원작", "공주", "배경", "포스터", "일러스트", "아트", "한",
        "하게", "란",
    ])
    private static let japanese = folded([
        "スタイル", "フウ", "ふう", "アニメ", "キャラ", "グッズ", "ランド", "チック", "ライク", "プリンセス", "っぽい", "っぽく", "みたい", "の", "な",
        "は", "を",
        "に", "で", "と", "が", "も", "や", "さん", "えいが", "らしい", "ちょう", "から", "まで", "より", "って", "タッチ", "アート", "えふう",
        "作品",
    ])
    private static let particles = Set("のをはがにとでもや".unicodeScalars.map { Kana.plain($0.value) })
    private static let longest = 4

    /// Whether a hiragana word may begin behind this symbol.
    static func isParticle(_ symbol: UInt32) -> Bool { particles.contains(symbol) }

    private static func folded(_ endings: [String]) -> [UInt32: [[UInt32]]] {
        let symbols = endings.map { Glyphs($0).list.flatMap(\.symbols) }
        return Dictionary(grouping: symbols) { $0.first ?? 0 }
    }

    /// Whether endings, and nothing else, lead from a place inside a word to the word's end.
    static func follow(in units: [FoldedText.Unit], from start: Int, ends: [Bool]) -> Bool {
        let script = units[start].script
        let table: [UInt32: [[UInt32]]]
        switch script {
        case .latin: table = latin
        case .hangul: table = korean
        case .hiragana, .katakana: table = japanese
        case .han, .other: return false
        }
        func leads(from index: Int, depth: Int) -> Bool {
            for ending in table[units[index].symbol] ?? [] {
                let end = index + ending.count
                guard end <= units.count, units[end - 1].closes,
                    zip(units[index..<end], ending).allSatisfy({ $0.symbol == $1 }),
                    units[(index + 1)..<end].allSatisfy({ $0.gap == .none })
                else { continue }
                // What follows a particle in hiragana is the rest of the sentence.
                if ends[end] || script == .hiragana { return true }
                if depth < longest, leads(from: end, depth: depth + 1) { return true }
            }
            return false
        }
        return leads(from: start, depth: 1)
    }
}
