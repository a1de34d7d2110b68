import ArgumentParser
import ImagePipelines
import Worker

/// A style on the command line: `NAME` or `NAME:STRENGTH`.
struct StyleOption: Hashable, ExpressibleByArgument {
    let use: StyleUse

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...64).contains(parts[0].utf8.count) else { return nil }
        var milli = 1000
        if parts.count == 2 {
            let isPlain = parts[1].allSatisfy { ("0"..."9").contains($0) || $0 == "." }
            guard isPlain, let strength = Double(parts[1]), strength <= 2 else { return nil }
            milli = Int((strength * 1000).rounded())
            guard StyleUse.strengths.contains(milli) else { return nil }
        }
        use = StyleUse(String(parts[0]), strengthMilli: milli)
    }
}

extension StyleShelf {
    /// The styles that a drawing was asked to have, ready.
    /// - Throws: ``CommandError`` where one cannot be drawn with.
    func styles(_ options: [StyleOption], model: String) async throws -> [PictureStyle] {
        var styles: [PictureStyle] = []
        for option in options {
            do {
                styles.append(
                    PictureStyle(try await style(option.use.style, for: model), strength: option.use.strength)
                )
            } catch let error as WorkerError {
                let names = entries.filter { $0.obstacle == nil && $0.manifest.baseModel == model }
                    .map(\.manifest.identifier.text)
                let known =
                    names.isEmpty
                    ? "there are none for \(model)" : "there is " + names.joined(separator: ", ")
                throw CommandError("\(error.message) (\(known))")
            }
        }
        return styles
    }
}
