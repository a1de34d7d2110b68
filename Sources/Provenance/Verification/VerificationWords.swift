import Rights

/// A verification in plain words, Korean and English.
public struct VerificationWords: Sendable, Hashable {
    /// The answer in a few words.
    public let headline: LocalizedText
    /// What that means, in a sentence.
    public let meaning: LocalizedText
    /// What is wrong, one sentence each.
    public let findings: [LocalizedText]
    /// What the credential says: pairs of a name and a text, which is the same in both languages where it was taken from
    /// the file.
    public let facts: [Fact]

    /// One thing that a credential says.
    public struct Fact: Sendable, Hashable {
        /// What it is about.
        public let name: LocalizedText
        /// What is said.
        public let text: LocalizedText
    }

    /// Words for a verification.
    public init(_ verification: Verification) {
        headline = Self.headline(verification.answer)
        meaning = Self.meaning(verification.answer)
        findings = verification.findings.map(Self.sentence)
        facts = (verification.credential.map(FactWords.facts) ?? []) + Self.nearest(verification.nearest)
    }

    private static func headline(_ answer: Verification.Answer) -> LocalizedText {
        switch answer {
        case .trusted: LocalizedText(korean: "믿을 수 있는 서명", english: "Trusted")
        case .unknownSigner:
            LocalizedText(korean: "온전하지만 모르는 서명자", english: "Valid, but from an unknown signer")
        case .altered: LocalizedText(korean: "서명한 뒤에 바뀜", english: "Altered")
        case .nothingFound: LocalizedText(korean: "자격 증명 없음", english: "Nothing found")
        }
    }

    private static func meaning(_ answer: Verification.Answer) -> LocalizedText {
        switch answer {
        case .trusted:
            LocalizedText(
                korean: "그림은 서명한 그대로이며, 서명한 곳은 이 서비스가 신뢰하는 곳입니다.",
                english: "The picture is as it was signed, and its signer is trusted here.")
        case .unknownSigner:
            LocalizedText(
                korean: "그림은 서명한 그대로이지만, 서명한 곳이 누구인지 여기서는 확인할 수 없습니다. 이름은 누구나 적을 수 있습니다.",
                english:
                    "The picture is as it was signed, but who signed it cannot be confirmed here. Anybody can write any name."
            )
        case .altered:
            LocalizedText(
                korean: "그림이나 자격 증명이 서명할 때와 다릅니다. 아래 내용은 믿지 마십시오.",
                english: "The picture or its credential is not as it was signed. Do not rely on what it says."
            )
        case .nothingFound:
            LocalizedText(
                korean: "파일에 자격 증명이 없습니다. 지워졌을 수도 있으므로, AI로 만들지 않았다는 뜻은 아닙니다.",
                english:
                    "The file holds no credential. It may have been removed: this does not say that the picture was not made by AI."
            )
        }
    }

    private static func sentence(_ finding: Verification.Finding) -> LocalizedText {
        switch finding {
        case .pictureChanged:
            LocalizedText(
                korean: "서명한 뒤에 그림이 바뀌었습니다.", english: "The picture was changed after it was signed.")
        case .credentialChanged:
            LocalizedText(
                korean: "자격 증명 자체가 바뀌었거나 온전하지 않습니다.",
                english: "The credential itself was changed, or is not whole.")
        case .signatureInvalid:
            LocalizedText(
                korean: "서명이 자격 증명과 맞지 않습니다.",
                english: "The signature does not belong to the credential.")
        case .fileDamaged:
            LocalizedText(
                korean: "파일이 잘렸거나 손상되어 그림을 끝까지 읽을 수 없습니다.",
                english: "The file is cut off or damaged; the picture cannot be read to its end.")
        case .certificateExpired:
            LocalizedText(
                korean: "서명한 인증서의 유효 기간이 지났거나, 언제 서명했는지 알 수 없습니다.",
                english:
                    "The signer's certificate has ended, and nothing proves that it was still good when it signed."
            )
        case .certificateUnfit:
            LocalizedText(
                korean: "서명한 인증서는 자격 증명에 쓸 수 없거나 폐기되었습니다.",
                english: "The signer's certificate is not one for credentials, or was revoked.")
        case .photoAltered:
            LocalizedText(
                korean: "바탕이 된 사진은 이 그림을 만들기 전에 이미 바뀌어 있었습니다.",
                english: "The photo that it was made from had been altered before.")
        case .keptElsewhere:
            LocalizedText(
                korean: "자격 증명이 다른 곳에 보관되어 있습니다. 확인할 때는 아무것도 내려받지 않습니다.",
                english: "The credential is kept elsewhere; nothing is fetched to verify a picture.")
        case .other:
            LocalizedText(
                korean: "자격 증명이 규격에 맞지 않습니다.", english: "The credential breaks the rules for credentials.")
        }
    }

    private static func nearest(_ nearest: NearestPicture?) -> [Fact] {
        guard let nearest else { return [] }
        return [
            Fact(
                name: LocalizedText(korean: "비슷한 그림", english: "Looks like"),
                text: LocalizedText(
                    korean: "\(nearest.name) (256비트 중 \(nearest.distance)비트 다름)",
                    english: "\(nearest.name) (\(nearest.distance) of 256 bits differ)"))
        ]
    }
}

/// What credentials say, in words.
enum FactWords {
    static func facts(_ credential: CredentialFacts) -> [VerificationWords.Fact] {
        making(credential) + signing(credential) + wishes(credential)
    }

    private static func fact(_ korean: String, _ english: String, _ text: String?) -> [VerificationWords.Fact]
    {
        guard let text, !text.isEmpty else { return [] }
        return [
            .init(
                name: LocalizedText(korean: korean, english: english),
                text: LocalizedText(korean: text, english: text))
        ]
    }

    private static func fact(
        _ korean: String, _ english: String, _ text: (korean: String, english: String)
    ) -> [VerificationWords.Fact] {
        [
            .init(
                name: LocalizedText(korean: korean, english: english),
                text: LocalizedText(korean: text.korean, english: text.english))
        ]
    }

    private static func making(_ credential: CredentialFacts) -> [VerificationWords.Fact] {
        let making =
            switch credential.making {
            case .generated: ("AI가 만든 그림", "Generated by AI")
            case .edited: ("AI가 사진이나 그림을 고쳐 만든 그림", "Made by AI from a photo or picture")
            case .other: ("AI를 썼다는 말은 없음", "Nothing is said about AI")
            }
        var facts = fact("만든 방법", "How it was made", making)
        facts += fact("모델", "Model", credential.model)
        facts += fact("스타일", "Style", credential.style)
        facts += fact("스타일의 주인", "Whose style", credential.styleHolder)
        facts += fact("계약", "Agreement", credential.agreement)
        facts += fact("글", "Prompt", credential.prompt)
        facts += fact("시드", "Seed", credential.seed)
        guard let parent = credential.parent else { return facts }
        let text =
            switch (parent.hasCredential, parent.isIntact) {
            case (false, _): ("자격 증명이 없는 사진", "A photo without a credential")
            case (true, true):
                ("자격 증명이 있는 사진 (\(parent.signer))", "A photo with a credential (\(parent.signer))")
            case (true, false):
                (
                    "자격 증명과 맞지 않는 사진 (\(parent.signer))",
                    "A photo that did not match its credential (\(parent.signer))"
                )
            }
        return facts + fact("바탕", "Made from", text)
    }

    private static func signing(_ credential: CredentialFacts) -> [VerificationWords.Fact] {
        let names = [credential.signerName, credential.signer].filter { !$0.isEmpty }
        var facts = fact("서명한 곳", "Signed by", names.joined(separator: ", "))
        facts += fact("프로그램", "Program", credential.program)
        facts += fact("만든 때", "Made at", credential.madeTime)
        let time = credential.stampedTime ?? ""
        switch credential.stamp {
        case .none: break
        case .trusted: facts += fact("서명 시각 (공증됨)", "Signed at (certified)", time)
        case .unknownAuthority:
            facts += fact("서명 시각 (모르는 기관이 확인)", "Signed at (by an unknown authority)", time)
        case .failed:
            facts += fact(
                "서명 시각", "Signed at", ("시각 인증 기관이 답하지 않았음", "The time-stamp authority did not answer"))
        }
        return facts
    }

    private static func wishes(_ credential: CredentialFacts) -> [VerificationWords.Fact] {
        var facts: [VerificationWords.Fact] = []
        if let isGranted = credential.isCommercialUseGranted {
            facts += fact(
                "상업적 이용", "Commercial use", isGranted ? ("허락함", "Granted") : ("허락하지 않음", "Not granted"))
        }
        facts += fact("이용 조건", "Terms", credential.termsAddress)
        let training = credential.training.filter { $0.key.contains("training") }
        if !training.isEmpty {
            facts += fact(
                "AI 학습", "AI training",
                training.values.allSatisfy { $0 } ? ("허락함", "Allowed") : ("허락하지 않음", "Not allowed"))
        }
        return facts
    }
}
