/// Words beside a name that say a style is meant: "in the style of …", "…풍", "…風".
enum StyleWords {
    private static let before = [
        "style of", "style by", "manner of", "styled after", "styled like", "inspired by", "painted by",
        "drawn by", "art by",
        "artwork by", "painting by", "by", "like a", "à la", "works of", "paintings of",
        "화가", "작가", "감독", "画家", "監督", "导演", "導演",
    ].map(symbols)
    private static let after = [
        "style", "styled", "esque", "inspired", "painting", "paintings", "art style", "aesthetic", "movie",
        "film", "anime",
        "풍", "스타일", "화풍", "식으로", "그림체", "처럼", "느낌", "의 그림", "의 화풍", "그림", "작품", "애니",
        "風", "风", "画風", "画风", "畫風", "スタイル", "タッチ", "っぽい", "の絵", "の画風", "调", "調", "式", "风格", "風格", "的画", "的畫",
        "的风格",
        "的風格",
    ].map(symbols)

    private static func symbols(_ text: String) -> [UInt32] { FoldedText(text).symbols }

    /// Whether one of them stands directly before or after a range.
    static func stand(beside range: Range<Int>, in text: FoldedText) -> Bool {
        let units = text.units
        func matches(_ word: [UInt32], at start: Int) -> Bool {
            guard start >= 0, start + word.count <= units.count else { return false }
            return zip(units[start..<start + word.count], word).allSatisfy { $0.symbol == $1 }
        }
        let isBefore = before.contains { word in
            let start = range.lowerBound - word.count
            return matches(word, at: start) && text.mayStart[start]
        }
        if isBefore { return true }
        // A possessive s may stand between.
        let starts = [range.upperBound, range.upperBound + 1].filter {
            $0 == range.upperBound
                || (units.indices.contains(range.upperBound) && units[range.upperBound].symbol == 0x73)
        }
        return starts.contains { start in
            after.contains { word in
                matches(word, at: start) && (units[start].script != .latin || text.mayEnd[start + word.count])
            }
        }
    }
}
