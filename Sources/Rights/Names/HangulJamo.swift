/// Korean syllables as the letters they are made of, and in Latin letters.
enum HangulJamo {
    /// Initial, medial and final letters of a syllable, as compatibility jamo; finals of two letters give both.
    private static let initials = scalars("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
    private static let medials = scalars("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")
    private static let finals = [
        "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ",
        "ㅂㅅ",
        "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
    ].map(scalars)

    private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    /// Whether a scalar is a syllable.
    static func isSyllable(_ value: UInt32) -> Bool { (0xAC00...0xD7A3).contains(value) }

    /// Whether a scalar is a letter standing alone, conjoining or not.
    static func isJamo(_ value: UInt32) -> Bool {
        (0x3131...0x3163).contains(value) || (0x1100...0x1112).contains(value)
            || (0x1161...0x1175).contains(value)
            || (0x11A8...0x11C2).contains(value)
    }

    /// The letters of a syllable, or of a letter standing alone, as compatibility jamo.
    static func letters(of value: UInt32) -> [UInt32] {
        switch value {
        case 0xAC00...0xD7A3:
            let (initial, medial, final) = parts(of: value)
            return [initials[initial], medials[medial]] + finals[final]
        case 0x1100...0x1112: return [initials[Int(value - 0x1100)]]
        case 0x1161...0x1175: return [medials[Int(value - 0x1161)]]
        case 0x11A8...0x11C2: return finals[Int(value - 0x11A7)]
        default: return [value]
        }
    }

    private static func parts(of syllable: UInt32) -> (initial: Int, medial: Int, final: Int) {
        let index = Int(syllable - 0xAC00)
        return (index / 588, index % 588 / 28, index % 28)
    }

    // MARK: - Latin letters

    private static let romanInitials = split("g,kk,n,d,tt,r,m,b,pp,s,ss,,j,jj,ch,k,t,p,h")
    private static let romanMedials = split("a,ae,ya,yae,eo,e,yeo,ye,o,wa,wae,oe,yo,u,wo,we,wi,yu,eu,ui,i")
    private static let romanFinals = split(
        ",k,k,k,n,n,n,t,l,k,m,l,l,l,p,l,m,p,p,t,t,ng,t,t,k,t,p,t")

    private static func split(_ list: String) -> [[UInt8]] {
        list.utf8.split(separator: 0x2C, omittingEmptySubsequences: false).map(Array.init)
    }

    /// A syllable in Latin letters, one by one, without changes across syllables.
    ///
    /// Source: Revised Romanization of Korean, Ministry of Culture and Tourism, proclamation 2000-8.
    static func roman(_ syllable: UInt32) -> [UInt8] {
        let (initial, medial, final) = parts(of: syllable)
        return romanInitials[initial] + romanMedials[medial] + romanFinals[final]
    }

    // MARK: - Keys

    private static let keys: [UInt32: [UInt8]] = {
        let letters = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ"
        let plain = zip(scalars(letters), "qwertyuiopasdfghjklzxcvbnmQWERTOP".utf8).map { ($0, [$1]) }
        let joined: [(String, String)] = [
            ("ㅘ", "hk"), ("ㅙ", "ho"), ("ㅚ", "hl"), ("ㅝ", "nj"), ("ㅞ", "np"), ("ㅟ", "nl"), ("ㅢ", "ml"),
        ]
        return Dictionary(uniqueKeysWithValues: plain + joined.map { (scalars($0)[0], Array($1.utf8)) })
    }()

    /// What appears when a syllable is typed with the keyboard switched to Latin: 지브리 gives `wlqmfl`.
    ///
    /// Source: KS X 5002, the two-set layout.
    static func typedOnLatinKeys(_ syllable: UInt32) -> [UInt8] {
        letters(of: syllable).flatMap { keys[$0] ?? [] }
    }
}
