import Testing

@testable import Rights

/// Names found however they are written, and words that only look like them left alone.
@Suite struct NameMatchingTests {
    static let index = NameIndex(
        names: [
            ["Ghibli", "지브리", "ジブリ", "スタジオジブリ", "吉卜力"].map { alias($0) },
            ["Pikachu", "피카츄", "ピカチュウ", "皮卡丘"].map { alias($0) },
            [alias("Salvador Dali"), alias("Dali", needsStyleWord: true), alias("달리", needsStyleWord: true)],
            [alias("Mickey Mouse"), alias("미키마우스"), alias("ミッキーマウス")],
            [alias("BTS", isWholeWord: true)], [alias("Arnold"), alias("Гибли")],
        ], harmlessWords: ["giblis"])

    private static func alias(
        _ text: String, needsStyleWord: Bool = false, isWholeWord: Bool = false
    ) -> NameForm.Alias {
        .init(text: text, needsStyleWord: needsStyleWord, isWholeWord: isWholeWord)
    }

    @Test(
        "Certainly the name, however written",
        arguments: [
            ("Ghibli", 0, "Ghibli"), ("a cat in GHIBLI style", 0, "GHIBLI"), ("Ｇｈｉｂｌｉ", 0, "Ｇｈｉｂｌｉ"),
            ("Ghіbli", 0, "Ghіbli"), ("gh1bl1", 0, "gh1bl1"), ("gh!bli", 0, "gh!bli"),
            ("𝓖𝓱𝓲𝓫𝓵𝓲", 0, "𝓖𝓱𝓲𝓫𝓵𝓲"),
            ("ⓖⓗⓘⓑⓛⓘ", 0, "ⓖⓗⓘⓑⓛⓘ"), ("ɢʜɪʙʟɪ", 0, "ɢʜɪʙʟɪ"), ("Ghĩblï", 0, "Ghĩblï"),
            ("GhIbIi", 0, "GhIbIi"),
            ("G h i b l i", 0, "G h i b l i"), ("g.h.i.b.l.i", 0, "g.h.i.b.l.i"), ("ghi-bli", 0, "ghi-bli"),
            ("ghi\u{200B}bli", 0, "ghi\u{200B}bli"), ("gh\u{0301}i\u{0308}bli", 0, "gh\u{0301}i\u{0308}bli"),
            ("studioghibli", 0, "ghibli"), ("GhibliStyle", 0, "Ghibli"), ("#ghibli2026", 0, "ghibli"),
            ("ghiblis", 0, "ghibli"), ("ghibliesque", 0, "ghibli"), ("Ghibli풍", 0, "Ghibli"),
            ("gh🔥ibli", 0, "gh🔥ibli"),
            ("지브리", 0, "지브리"), ("지브리풍으로 그려 줘", 0, "지브리"), ("지 브.리", 0, "지 브.리"), ("ㅈㅣㅂㅡㄹㅣ", 0, "ㅈㅣㅂㅡㄹㅣ"),
            ("지\u{200B}브리스타일", 0, "지\u{200B}브리"), ("ジブリ", 0, "ジブリ"), ("ｼﾞﾌﾞﾘ", 0, "ｼﾞﾌﾞﾘ"),
            ("じぶり風", 0, "じぶり"), ("シ゛フ゛リ", 0, "シ゛フ゛リ"), ("ジブリーっぽい", 0, "ジブリー"), ("ヂブリ", 0, "ヂブリ"),
            ("ジフ\u{3099}リ", 0, "ジフ\u{3099}リ"),
            ("吉卜力风格", 0, "吉卜力"), ("吉ト力", 0, "吉ト力"), ("吉⼘⼒", 0, "吉⼘⼒"), ("吉 卜 力", 0, "吉 卜 力"),
            ("mickey mouse", 3, "mickey mouse"), ("mickeymouse", 3, "mickeymouse"),
            ("rnickey rnouse", 3, "rnickey rnouse"),
            ("ミッキ・マウス", 3, "ミッキ・マウス"), ("みっきーまうす", 3, "みっきーまうす"), ("BTS poster", 4, "BTS"),
            ("g|h|i|b|l|i", 0, "g|h|i|b|l|i"), ("지|브|리", 0, "지|브|리"), ("gh!b|!", 0, "gh!b|!"),
            ("$alvador Dali", 2, "$alvador Dali"), ("지\u{3164}브\u{3164}리", 0, "지\u{3164}브\u{3164}리"),
            ("지이브리", 0, "지이브리"), ("지이이브리풍", 0, "지이이브리"), ("Arnold", 5, "Arnold"),
            ("A-r-n-o-l-d", 5, "A-r-n-o-l-d"), ("Г-и-б-л-и", 5, "Г-и-б-л-и"), ("Г и б л и", 5, "Г и б л и"),
            ("Гибли", 5, "Гибли"),
            ("in the style of Dali", 2, "Dali"), ("Dali's style", 2, "Dali"), ("달리 풍의 시계", 2, "달리"),
            ("달리풍", 2, "달리"),
        ])
    func certain(_ text: String, _ name: Int, _ matched: String) {
        let hits = Self.index.search(text)
        #expect(hits.map(\.name) == [name])
        #expect(hits.map(\.isCertain) == [true])
        #expect(hits.first.map { Array($0.matched.unicodeScalars) } == Array(matched.unicodeScalars))
    }

    @Test(
        "Like the name: asked back",
        arguments: [
            ("gibli", 0), ("ghilbi", 0), ("ghibly", 0), ("ghybli", 0), ("gh*bli", 0), ("ilbihg", 0),
            ("지부리", 0), ("쥐브리", 0), ("Mouse, Mickey", 3), ("mouse mickey", 3), ("Dali Salvador", 2),
            ("esuoM yekciM", 3),
            ("jiburi", 0), ("jibeuri", 0), ("wlqmfl", 0), ("ghi bli", 0), ("pikacho", 1), ("pickachu", 1),
            ("피카추", 1),
            ("pikachyu", 1), ("micky mouse", 3), ("Микки Маус mikki maus mickey mose", 3), ("미키마오스", 3),
        ])
    func near(_ text: String, _ name: Int) {
        let hits = Self.index.search(text)
        #expect(Set(hits.map(\.name)) == [name])
        #expect(hits.allSatisfy { !$0.isCertain })
    }

    @Test(
        "Not the name",
        arguments: [
            "", " ", "a", "giblet", "jubilee", "gibberish", "giblis", "high iblis", "gabble",
            "a mouse named Mike",
            "달리는 말", "달리기", "다람쥐가 달리다", "아버지 브리핑", "할 지 브리핑", "dalian", "medalist", "Dalian city", "subtst",
            "abts", "watercolour, 875", "room 875, 91811",
            "ジブラルタル", "ジブリール", "ブリキの人形", "吉他和卜卦的力量", "力量", "picnic at noon", "박카스 츄러스", "카츄샤",
            "mice and keys",
            "👩‍👩‍👧‍👦 family", "12345 67890", "!!!$$$@@@", "\u{200B}\u{200B}", "العربية", "ภาษาไทย", "मोर",
        ])
    func harmless(_ text: String) {
        #expect(Self.index.search(text).isEmpty)
    }

    @Test("Several names stand beside each other, in their order")
    func several() {
        let hits = Self.index.search("피카츄와 미키마우스, ghibli와 gibli")
        #expect(hits.map(\.name) == [1, 3, 0, 0])
        #expect(hits.map(\.isCertain) == [true, true, true, false])
    }

    @Test("Long and strange texts end")
    func bombs() {
        for text in ["ㅈㅣㅂㅡ", "g h i ", "ジ゛", "ghiblighibl", "s", "rnvv", "e\u{0301}\u{0301}", "풍으로"] {
            _ = Self.index.search(String(repeating: text, count: 500))
        }
    }

    @Test(
        "Slips counted",
        arguments: [
            ("ab", "ab", 0, true), ("ab", "ba", 1, true), ("ab", "ba", 0, false), ("abc", "ab", 1, true),
            ("abcd", "acbe", 1, false), ("abcd", "acbe", 2, true), ("", "ab", 2, true), ("", "abc", 2, false),
        ])
    func editDistance(_ left: String, _ right: String, _ limit: Int, _ isWithin: Bool) {
        let (left, right) = (left.unicodeScalars.map(\.value), right.unicodeScalars.map(\.value))
        #expect(EditDistance.isWithin(limit, left[...], right) == isWithin)
        #expect(EditDistance.isWithin(limit, right[...], left) == isWithin)
    }

    @Test("Hashes with symbols left out are those of the row without them")
    func hashes() {
        let symbols = Array("ondol".unicodeScalars.map(\.value))
        let hash = SymbolHash(symbols)
        for second in 1..<5 {
            for first in 0..<second {
                let rest = symbols.enumerated().filter { $0.offset != first && $0.offset != second }.map(
                    \.element)
                #expect(hash.hash(0, 5, without: first, and: second) == SymbolHash.hash(of: rest))
            }
            let rest = symbols.enumerated().filter { $0.offset != second }.map(\.element)
            #expect(hash.hash(0, 5, without: second) == SymbolHash.hash(of: rest))
        }
    }
}
