import FoundationEssentials
import TestSupport

/// The files made by `Tools/parity/tokenizers_fixtures.py`; each names that command.
enum Fixtures {
    struct Captions: Decodable {
        let vocabularySize: Int
        let captions: [String]
    }

    struct Folder: Decodable {
        let padding: Int32
        let length: Int
        let ids: [[Int32]]
    }

    struct Identifiers: Decodable {
        let texts: [String]
        let folders: [String: Folder]
    }

    struct Scalars: Decodable {
        let runs: String
        let lowercase: [[UInt32]]
        let composed: [[UInt32]]
    }

    static func path(_ name: String) -> String {
        let file = #filePath
        return file[..<(file.lastIndex(of: "/") ?? file.startIndex)] + "/Fixtures/" + name
    }

    static func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path(name))), as: UTF8.self)
    }

    static func read<Value: Decodable>(_ name: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(filePath: path(name))))
    }

    /// Writes files into a folder that is gone after `body`.
    static func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        try withTemporaryFolder { folder in
            for (name, content) in files { writeBytes(Array(content.utf8), to: "\(folder)/\(name)") }
            try body(folder)
        }
    }
}
