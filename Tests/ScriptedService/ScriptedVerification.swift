import Server

/// A verifier that answers by the first byte of what it is given.
public struct ScriptedVerification: VerificationService {
    /// Makes one.
    public init() {}

    /// `b` is too busy, `x` is no picture, a JPEG has lost its credential, everything else is trusted.
    public func verify(_ bytes: [UInt8], for caller: Caller?) async throws(VerificationRefusal)
        -> VerifiedPicture
    {
        switch bytes.first {
        case UInt8(ascii: "b"): throw .busy
        case UInt8(ascii: "x"): throw .unreadable("it is a text; send a picture")
        default: break
        }
        typealias Words = VerifiedPicture.Words
        if bytes.starts(with: ScriptedPictures.signature(.jpeg).prefix(3)) {
            return VerifiedPicture(
                answer: "nothing-found", findings: [],
                headline: Words(korean: "서명 없음", english: "Nothing found"),
                meaning: Words(korean: "서명이 없습니다.", english: "There is no credential."), sentences: [],
                facts: [],
                known: .init(
                    made: ScriptedService.moment, distance: 4,
                    own: caller == nil ? nil : PictureIdentifier("0")))
        }
        return VerifiedPicture(
            answer: "trusted", findings: [], headline: Words(korean: "믿을 수 있는 서명", english: "Trusted"),
            meaning: Words(korean: "그대로입니다.", english: "It is as it was signed."), sentences: [],
            facts: [
                .init(
                    name: Words(korean: "모델", english: "Model"),
                    text: Words(korean: "hanji", english: "hanji"))
            ])
    }
}
