import FoundationEssentials
import Painter
import Tokenizers

/// The built-in model's tokenizer, trained once for a run on captions of painted pictures.
struct CaptionTokens {
    let tokenizer: Tokenizer
    /// Where its vocabulary and its merges are.
    let folder: String

    /// Trains the tokenizer the first time and writes it to `folder`; later it is read back from there.
    init(recipe: HanjiRecipe, folder: String) throws {
        let length = recipe.textEncoder.maximumTokens
        if !FileManager.default.fileExists(atPath: "\(folder)/merges.txt") {
            Terminal.note("training the tokenizer on \(recipe.tokenizerCaptions) captions")
            let captions = (0..<recipe.tokenizerCaptions).lazy.map { number in
                recipe.caption(ofPicture: number, variation: UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
            }
            let vocabulary = try BytePairTrainer(vocabularySize: recipe.vocabularySize).train(on: captions)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try vocabulary.write(toFolder: folder, maximumLength: length)
        }
        tokenizer = try Tokenizer(folder: folder, maximumLength: length)
        self.folder = folder
    }

    /// Copies the tokenizer's files.
    func copy(to destination: String) throws { try Self.copy(from: folder, to: destination) }

    /// Copies a tokenizer's files from folder to folder.
    static func copy(from source: String, to destination: String) throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: destination, withIntermediateDirectories: true)
        for name in try manager.contentsOfDirectory(atPath: source) {
            try? manager.removeItem(atPath: "\(destination)/\(name)")
            try manager.copyItem(atPath: "\(source)/\(name)", toPath: "\(destination)/\(name)")
        }
    }
}
