import ArgumentParser
import Images
import Provenance
import Simulation
import Testing

@testable import ondol

/// `ondol verify`, and what pictures of the command line say about themselves.
struct VerifyCommandTests {
    @Test("Each answer has a status of its own, and none is that of a failure or a wrong command line")
    func statuses() {
        let statuses = Verification.Answer.allCases.map(VerifyCommand.status)
        #expect(statuses == [0, 3, 4, 5])
    }

    @Test("Wishes are read, and what contradicts itself is refused")
    func options() throws {
        let command = try #require(
            try Ondol.parseAsRoot([
                "generate", "cat", "--label", "european-union", "--tell-prompt", "--no-commercial-use",
                "--training", "no-training",
            ]) as? GenerateCommand)
        #expect(command.credentials.label == .europeanUnion)
        #expect(command.credentials.tellPrompt && !command.credentials.tellSeed)
        #expect(command.credentials.commercialUse == false)
        #expect(command.credentials.training == .noTraining)
        for wrong in [
            ["--label", "mars"], ["--certificate", "a.pem"], ["--key", "a.key"],
            ["--no-credentials", "--time-stamp", "http://127.0.0.1"], ["--training", "perhaps"],
        ] {
            #expect(throws: (any Error).self) { try Ondol.parseAsRoot(["generate", "cat"] + wrong) }
        }
    }

    @Test("The language is the environment's unless it is named")
    func language() {
        #expect(ReportLanguage.ofEnvironment(["LANG": "ko_KR.UTF-8"]) == .korean)
        #expect(ReportLanguage.ofEnvironment(["LANG": "ko_KR.UTF-8", "LC_ALL": "C"]) == .english)
        #expect(ReportLanguage.ofEnvironment([:]) == .english)
    }

    @Test("A report has the answer, what it means and what is wrong")
    func report() throws {
        let verification = Verification(answer: .altered, findings: [.fileDamaged])
        let lines = VerificationReport(verification, language: .english).lines
        #expect(lines.first == "Altered")
        #expect(lines.last == "- The file is cut off or damaged; the picture cannot be read to its end.")
        let json = try VerificationReport(verification, language: .korean).json()
        #expect(json.hasPrefix("{\"answer\":\"altered\""))
        #expect(json.contains("\"findings\":[\"file-damaged\"]"))
    }
}
