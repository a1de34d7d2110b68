import Foundation
import Glibc
import Images
import Painter
import Testing

/// `ondol rights`, `policy`, `appeals` and `ledger` as whole commands, over a data folder of their own.
struct RightsCommandTests {
    /// Runs a command and expects its status.
    private static func run(
        _ line: String, in folder: TemporaryFolder, status: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        // Single quotes hold words with blanks together.
        let pieces = line.split(separator: "'", omittingEmptySubsequences: false)
        let words = pieces.enumerated().flatMap { index, piece in
            index % 2 == 1 ? [String(piece)] : piece.split(separator: " ").map(String.init)
        }
        let outcome = try BuiltProgram.run(words + ["--data", "data"], in: folder.path)
        #expect(outcome.status == status, "\(line): \(outcome.text)", sourceLocation: sourceLocation)
        return outcome.text
    }

    /// A folder with a picture, documents and a published style `kim-ink` that opens Studio Ghibli.
    private static func withStyle(_ body: (TemporaryFolder) throws -> Void) throws {
        let folder = try TemporaryFolder()
        let painting = try Scene(seed: 1).paint(size: 64)
        try folder.write(
            try Picture(width: 64, height: 64, bytes: painting.pixels).encoded(as: .png()), to: "1.png")
        for name in ["agreement", "licence", "adapter", "report"] {
            try folder.write(name.utf8, to: "\(name).bin")
        }
        for line in [
            "rights holders add kim --name '김하나'",
            "rights works add kim-1 --holder kim --title '먹 1' --file 1.png",
            "rights works licence kim-1 --document licence.bin --title signed --use style-training --commercial",
            "rights agreements add kim-2026 --holder kim --document agreement.bin --share 70.5 --fee 50 --opens studio-ghibli",
            "rights agreements grant kim-2026 --training 1",
            "rights agreements grant kim-2026 --drawing --commercial",
            "rights styles draft kim-ink --holder kim --agreement kim-2026 --korean '김하나 먹' --english 'Kim ink'",
            "rights styles works kim-ink kim-1", "rights styles complete kim-ink",
            "rights styles trained kim-ink --adapter adapter.bin --base-model hanji --base-weights report.bin --line 1",
            "rights styles checked kim-ink --report report.bin --near-copies 0",
            "rights styles publish kim-ink --by lee --note 'looked at'",
        ] { _ = try run(line, in: folder) }
        try body(folder)
    }

    @Test("A style is registered step by step, shown with its history, opens its name, and ends")
    func life() throws {
        try Self.withStyle { folder in
            #expect(try Self.run("rights styles list", in: folder).contains("usable, for sale as well"))
            let history = try Self.run("rights history", in: folder)
            #expect(history.contains("lee  style kim-ink published  (looked at)"))
            #expect(history.contains("operator  holder kim registered: 김하나"))
            let agreement = try Self.run("rights agreements show kim-2026", in: folder)
            #expect(agreement.contains("share  70.50 %, fee 50.000000 KRW"))
            let check = "policy check 'a village in the style of Studio Ghibli' --language en"
            #expect(try Self.run(check, in: folder, status: 3).contains("kim-ink"))
            #expect(try Self.run(check + " --style kim-ink", in: folder).contains("Drawn as it stands."))
            _ = try Self.run("rights agreements end kim-2026", in: folder)
            #expect(try Self.run("rights styles list", in: folder).contains("agreement-not-in-force"))
            #expect(try Self.run(check, in: folder, status: 5).contains("Not drawn."))
            let again = try Self.run("rights agreements notice kim-2026", in: folder, status: 1)
            #expect(again.contains("agreement kim-2026 has ended; make a new one"))
        }
    }

    @Test("What is missing, unknown or written wrongly is told in a sentence, and nothing is recorded")
    func refusals() throws {
        try Self.withStyle { folder in
            let rows: [(String, Int32, String)] = [
                ("rights holders add kim --name Again", 1, "already recorded"),
                ("rights holders add 'Kim Hana' --name A", 1, "an identifier has"),
                ("rights works add w --holder nobody --title t --file 1.png", 1, "there is no holder nobody"),
                ("rights works add w --holder kim --title t --file report.bin", 1, "report.bin"),
                (
                    "rights agreements add a --holder kim --document licence.bin --share 101", 64,
                    "--share is 0 to 100"
                ),
                (
                    "rights agreements add a --holder kim --document licence.bin --share 50 --opens nobody",
                    64,
                    "no name nobody"
                ),
                ("rights styles publish kim-ink", 1, "is published and cannot be published"),
                ("rights styles show nobody", 64, "there is no style nobody"),
                ("ledger payout kim 0", 64, "more than 0"), ("ledger payout kim 1,5", 1, "written as 12.50"),
                ("ledger reverse 9 --note a", 64, "there is no record 9"),
                ("ledger verify --noted x", 64, "count:hash"),
                ("appeals answer x --uphold --reason a", 64, "no appeal's name"),
                ("appeals answer x --reason a", 64, "give one of"),
            ]
            let before = try Self.run("rights history", in: folder)
            for (line, status, words) in rows {
                let text = try Self.run(line, in: folder, status: status == 64 ? 2 : status)
                #expect(text.contains(words), "\(line): \(text)")
            }
            #expect(try Self.run("rights history", in: folder) == before)
        }
    }

    @Test("A card, its data set and its summary are printed for programs, with what the registry says")
    func card() throws {
        try Self.withStyle { folder in
            func json(_ line: String) throws -> [String: Any] {
                let text = try Self.run(line, in: folder)
                let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
                return try #require(value as? [String: Any], "\(text)")
            }
            let card = try json("card kim-ink")
            #expect(card["style"] as? String == "kim-ink" && card["credit"] as? String == "김하나")
            #expect(card["stage"] as? String == "published" && card["workCount"] as? Int == 1)
            #expect(card["holderBasisPoints"] as? Int == 7_050 && card["feeMicros"] as? Int == 50_000_000)
            let base = try #require(card["baseModel"] as? [String: Any])
            #expect(base["name"] as? String == "hanji" && base["trainingHistory"] != nil)
            let croissant = try json("card kim-ink --form croissant")
            #expect(
                (croissant["conformsTo"] as? [String])?.first == "http://mlcommons.org/croissant/1.1")
            #expect((croissant["url"] as? String)?.hasSuffix("/styles/kim-ink") == true)
            let summary = try json("card kim-ink --form summary")
            #expect(!summary.isEmpty)
            // Also before it is published, for its artist; never without anything to tell of.
            _ = try Self.run("rights styles suspend kim-ink", in: folder)
            #expect(try json("card kim-ink")["stage"] as? String == "suspended")
            for (line, status, words) in [
                ("card nobody", Int32(2), "there is no style nobody"),
                ("card kim-ink --form poem", 2, "croissant"), ("card 'Kim Ink'", 1, "identifier"),
            ] {
                let text = try Self.run(line, in: folder, status: status)
                #expect(text.contains(words), "\(line): \(text)")
            }
        }
    }

    @Test(
        "Documents that are bombs, pipes or folders, and pictures that claim to be huge, are refused at once")
    func bombs() throws {
        try Self.withStyle { folder in
            // A file of four gigabytes that takes no room on the disk.
            let large = open(folder.path + "/bomb.zip", O_CREAT | O_WRONLY, 0o600)
            #expect(ftruncate(large, 4 << 30) == 0 && close(large) == 0)
            #expect(mkfifo(folder.path + "/pipe.pdf", 0o600) == 0)
            try folder.write([], to: "folder.pdf/inside")
            let whole = folder.read("1.png")
            try folder.write(BadInputTests.enlarged(whole, to: 30_000), to: "bomb.png")
            try folder.write(whole.prefix(whole.count / 2), to: "half.png")
            let before = try Self.run("rights history", in: folder)
            let licence = "rights works licence kim-1 --title t --use style-training --document"
            let agreement = "rights agreements add b --holder kim --share 50 --document"
            let work = "rights works add kim-2 --holder kim --title t --file"
            for (line, words) in [
                ("\(licence) bomb.zip", "4294967296 bytes, and 268435456 are the most"),
                ("\(licence) pipe.pdf", "is not a regular file"),
                ("\(licence) folder.pdf", "is not a regular file"),
                ("\(licence) none.pdf", "there is no licence file none.pdf"),
                ("\(agreement) bomb.zip", "bytes, and 268435456 are the most"),
                ("\(agreement) pipe.pdf", "is not a regular file"),
                ("\(work) bomb.png", "over the limit of 40000000"), ("\(work) half.png", "half.png"),
                ("\(work) bomb.zip", "are the most"),
                ("rights styles checked kim-ink --near-copies 0 --report bomb.zip", "are the most"),
            ] {
                let text = try Self.run(line, in: folder, status: 1)
                #expect(text.contains(words), "\(line): \(text)")
            }
            #expect(try Self.run("rights history", in: folder) == before)
        }
    }

    @Test("Payments and corrections are recorded, stated and verified; a noted head stays true")
    func books() throws {
        try Self.withStyle { folder in
            _ = try Self.run("ledger payout kim 12.50 --note 'ref 1'", in: folder)
            _ = try Self.run(
                "ledger correct 1 --debit operator=21 --credit earnings:kim:kim-ink:kim-1=21 --note late",
                in: folder)
            let unequal = "ledger correct 1 --debit operator=21 --credit cash=20 --note a"
            #expect(try Self.run(unequal, in: folder, status: 1).contains("both must be equal"))
            _ = try Self.run("ledger reverse 1 --note 'not paid'", in: folder)
            let twice = try Self.run("ledger reverse 1 --note again", in: folder, status: 1)
            #expect(twice.contains("already taken back"))
            let verified = try Self.run("ledger verify", in: folder)
            let head = try #require(
                verified.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("3:") })
            _ = try Self.run("ledger verify --noted \(head)", in: folder)
            let other = "3:" + String(repeating: "0", count: 64)
            #expect(
                try Self.run("ledger verify --noted \(other)", in: folder, status: 1).contains("written anew")
            )
            // What was done today is stated this month.
            let today = try Self.run("rights history", in: folder).split(separator: " ")[1].prefix(7)
            let csv = try Self.run("ledger statement --month \(today) --holder kim", in: folder)
            #expect(csv.contains("closing,kim,\(today),KRW,,,,,,21.000000"))
            let page = try Self.run(
                "ledger statement --month \(today) --holder kim --format html --language ko", in: folder)
            #expect(page.contains("정산서") && page.contains("김하나"))
        }
    }

    @Test("A rule file with clashes is refused with all of them, by validate and at the start of the service")
    func ruleFiles() throws {
        let folder = try TemporaryFolder()
        let rules = """
            schema = 1
            version = "x"
            rules = []
            [[names]]
            id = "a"
            rule = "r"
            part_of = "b"
            aliases = ["abcdef"]
            [[names]]
            id = "b"
            rule = "r"
            part_of = "a"
            aliases = ["abcdef"]
            [appeal]
            ko = "a"
            en = "b"
            """
        try folder.write(rules.utf8, to: "rules.toml")
        try folder.write("[policy]\nrules = \"rules.toml\"\n".utf8, to: "settings.toml")
        let commands = [
            ["policy", "validate", "rules.toml"],
            ["serve", "--port", "0", "--data", "data", "--settings", "settings.toml"],
            ["policy", "check", "a lake", "--data", "data", "--settings", "settings.toml"],
        ]
        for command in commands {
            let outcome = try BuiltProgram.run(command, in: folder.path)
            #expect(outcome.status == 1)
            for words in ["name a falls under rule r", "in a loop: a → b → a", "alias \"abcdef\" of b"] {
                #expect(outcome.text.contains(words), "\(command): \(outcome.text)")
            }
        }
        let shipped = try BuiltProgram.run(["policy", "show", "--data", "data"], in: folder.path)
        #expect(shipped.status == 0 && shipped.text.contains("[[rules]]"))
    }
}
