import FoundationEssentials
import Serving
import Testing

@testable import Service

/// The settings file.
struct SettingsTests {
    @Test("The printed file, read again, gives the same settings")
    func roundTrip() throws {
        let settings = ServiceSettings()
        #expect(try ServiceSettings(toml: settings.toml) == settings)
    }

    @Test("Every setting is named once and takes what it writes")
    func fields() {
        let keys = ServiceSettings.fields.map(\.key)
        #expect(Set(keys).count == keys.count)
        #expect(ServiceSettings.fields.allSatisfy { $0.text.hasSuffix(".") })
    }

    @Test("The documented file is the one that is printed")
    func documented() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "../../Docs/settings.toml"), encoding: .utf8)
        #expect(text == ServiceSettings().toml, "write it anew: ./ondol settings > Docs/settings.toml")
    }

    @Test("What the file leaves out keeps its default; plans are added to those there are")
    func partial() throws {
        let settings = try ServiceSettings(
            toml: """
                [server]
                port = 9000
                [plans.gold]
                weight = 4
                lowest_tier = "standard"
                """)
        #expect(settings.listening.port == 9000)
        #expect(settings.listening.host == "127.0.0.1")
        #expect(settings.plans["gold"]?.weight == 4)
        #expect(settings.plans["gold"]?.lowestTier == .standard)
        #expect(settings.plans.keys.sorted() == ["gold", "standard", "visitor"])
    }

    @Test("All that is wrong is named at once")
    func faults() {
        let error = #expect(throws: ServiceError.self) {
            try ServiceSettings(
                toml: """
                    colour = "red"
                    [server]
                    port = 70000
                    [tiers]
                    threshold_seconds = [3, 2, 1]
                    [tiers.full]
                    solver = "magic"
                    [plans.gold]
                    weight = -1
                    [visitors]
                    plan = "nobody"
                    [retention]
                    prompt_seconds = 1e9
                    """)
        }
        for part in [
            "colour is no setting", "server.port must be a whole number from 0 to 65535", "thresholdSeconds",
            "tiers.full.solver must be one of", "plans.gold.weight must be a number above 0",
            "visitors.plan names the plan nobody",
        ] {
            #expect(error?.message.contains(part) == true, "\(part)")
        }
    }

    @Test(
        "What is no TOML is refused with its place",
        arguments: ["[server", "port = ", "a = 1\0", "[a]\n[a]\n", "x = [1,"].map(FileText.init))
    func garbage(file: FileText) {
        let text = file.text
        let error = #expect(throws: ServiceError.self) { try ServiceSettings(toml: text) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("line") == true, "\(error?.message ?? "")")
    }

    /// A file's text, shown without what a terminal would not show.
    struct FileText: CustomTestStringConvertible {
        let text: String
        var testDescription: String { text.debugDescription }
    }
}
