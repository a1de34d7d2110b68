import Bars
import Foundation

/// Words that dictionaries hold and that are nobody's name, and prompts made of them: 12,500 of each in four languages.
struct HarmlessTexts {
    /// A language, its words and its prompts.
    struct Language {
        let name: String
        let words: [String]
        let prompts: [String]
    }

    /// How many words, and how many prompts, of each language.
    static let count = 12_500

    private static let templates: [(String, [String])] = [
        (
            "en",
            [
                "a %@ beside a %@, soft watercolour, morning light",
                "an old %@ and a %@ in the rain, oil on canvas",
                "a quiet scene of %@ with %@, pencil drawing",
                "a poster about %@, in the style of a woodcut of %@",
            ]
        ),
        (
            "ko",
            [
                "%@ 옆에 있는 %@, 부드러운 수채화, 아침 햇살", "비 내리는 날의 %@, 그리고 %@, 유화 느낌", "%@ 그림, %@ 느낌, 연필로",
                "%@에 대한 포스터, %@ 스타일의 목판화",
            ]
        ),
        (
            "ja",
            [
                "%@のそばの%@、柔らかい水彩、朝の光", "雨の日の%@と%@、油絵", "%@の静かな場面、%@、鉛筆画",
                "%@のポスター、%@風の木版画",
            ]
        ),
        ("zh", ["%@旁边的%@，柔和的水彩，晨光", "雨中的%@和%@，油画", "%@的安静场景，%@，铅笔画", "关于%@的海报，%@风格的木刻"]),
    ]

    let languages: [Language]

    /// Reads the lists that `Tools/bench/word-lists` makes.
    init(folder: String, seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        languages = try Self.templates.map { name, templates in
            let path = "\(folder)/\(name).txt"
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw BenchError("\(path) is not there; Tools/bench/word-lists \(folder) makes it")
            }
            let all = text.split(separator: "\n").map(String.init).shuffled(using: &generator)
            let prompts = (0..<Self.count).map { number in
                [0, 1].reduce(templates[number % templates.count]) { prompt, _ in
                    guard let gap = prompt.range(of: "%@") else { return prompt }
                    return prompt.replacingCharacters(
                        in: gap, with: all[Int(generator.next() % UInt64(all.count))])
                }
            }
            return Language(name: name, words: Array(all.prefix(Self.count)), prompts: prompts)
        }
    }
}
