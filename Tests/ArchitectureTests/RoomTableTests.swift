import Testing

/// Table and import lines are held against each other in every direction.
@Suite struct RoomTableTests {
    static let text = """
        | `Before` | a table elsewhere | B |
        ## Rooms
        | room | what lives there | imports |
        |---|---|---|
        | `A` | the ground | – |
        | `B` | above it | A |
        | `C` | the roof | all |
        ## Rooms to come
        | `D` | not built | A |
        """

    private static func findings(_ files: [String: String], folders: Set<String> = ["A", "B", "C"])
        -> [String]
    {
        let table = RoomTable(path: "table.md", text: text)
        return table.findings(
            in: files.sorted { $0.key < $1.key }.map {
                SourceFile(path: "Sources/\($0.key)", text: $0.value)
            },
            folders: folders
        ).map(\.description)
    }

    @Test("Only the table under its heading is read")
    func reading() {
        let rows = RoomTable(path: "table.md", text: Self.text).rows
        #expect(rows.map(\.room) == ["A", "B", "C"])
        #expect(rows.map(\.imports) == [[], ["A"], nil])
    }

    @Test(
        "Arrows",
        arguments: [
            (["B/b.swift": "import A"], []),
            (["B/b.swift": "import A", "C/c.swift": "import A\nimport B"], []),
            (
                ["A/a.swift": "\nimport B", "B/b.swift": "import A"],
                ["Sources/A/a.swift:2: A may not import B; see table.md"]
            ),
            (["B/b.swift": "import Glibc"], ["table.md:6: no file of B imports A"]),
        ] as [([String: String], [String])])
    func arrows(_ files: [String: String], _ expected: [String]) {
        #expect(Self.findings(files) == expected)
    }

    @Test("A room without a row, and a row without a room")
    func rooms() {
        let files = ["B/b.swift": "import A"]
        #expect(
            Self.findings(files, folders: ["A", "B", "C", "E"]) == [
                "table.md:1: there is no row for Sources/E"
            ])
        #expect(Self.findings(files, folders: ["A", "B"]) == ["table.md:7: there is no Sources/C"])
    }
}
