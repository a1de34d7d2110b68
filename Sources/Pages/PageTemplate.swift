import FoundationEssentials

/// A page with `{{names}}` where words belong, and `{{!names}}` where pieces do that are made for each request.
struct PageTemplate: Sendable {
    let text: String

    /// The words of a language: a flat table of texts by name.
    static func words(_ language: Language) throws(PagesError) -> [String: String] {
        do {
            return try JSONDecoder().decode([String: String].self, from: Data(WebFiles.words(language)))
        } catch {
            throw PagesError(
                .brokenFiles,
                "The words of \(language) are no table of texts; mend \(language.rawValue).json.",
                cause: error)
        }
    }

    /// The page with its words in it, escaped, so that a text can never be markup.
    /// - Parameter pieces: by their names.
    func filled(
        with words: [String: String], pieces: [String: Markup] = [:]
    ) throws(PagesError) -> String {
        var output = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            output += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "}}") else {
                throw PagesError(.brokenFiles, "A page has a name that does not end; close it with }}.")
            }
            let name = String(rest[..<end.lowerBound])
            if name.hasPrefix("!"), let piece = pieces[String(name.dropFirst())] {
                output += piece.text
            } else if let word = words[name] {
                output += Self.escaped(word)
            } else {
                throw PagesError(
                    .brokenFiles, "A page names the text '\(name)', which there is none of; add it.")
            }
            rest = rest[end.upperBound...]
        }
        return output + rest
    }

    static func escaped(_ text: String) -> String {
        var output = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            default: output.unicodeScalars.append(character)
            }
        }
        return output
    }
}
