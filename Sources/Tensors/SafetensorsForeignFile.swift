/// Tells the files that people give instead of safetensors, so that each gets its own advice.
enum SafetensorsForeignFile {
    /// Bytes from the file's start that are looked at.
    static let sampleByteCount = 64

    /// Throws for a pickle, an archive and a pointer to a file that was not downloaded.
    static func refuse(_ beginning: [UInt8], path: String) throws {
        // A header of 640 bytes begins as a pickle does, so that what follows must be looked at too.
        guard !looksLikeSafetensors(beginning) else { return }
        if isPickle(beginning) || beginning.starts(with: [UInt8](zipMagic)) {
            throw TensorsError(
                .notSafetensors,
                "\(path) is a pickle or an archive of pickles, which can run code and is never loaded;"
                    + " convert it with safetensors.torch.save_file, or get the model's .safetensors files")
        }
        if beginning.starts(with: [UInt8](pointerMagic)) {
            throw TensorsError(
                .notSafetensors,
                "\(path) is only a Git LFS pointer to the weights; fetch them with `git lfs pull`")
        }
    }

    private static let zipMagic = "PK\u{3}\u{4}".utf8
    private static let pointerMagic = "version https://git-lfs".utf8

    private static func looksLikeSafetensors(_ beginning: [UInt8]) -> Bool {
        let preambleByteCount = SafetensorsHeader.preambleByteCount
        return beginning.count > preambleByteCount && beginning[preambleByteCount] == UInt8(ascii: "{")
            && beginning[4..<preambleByteCount].allSatisfy { $0 == 0 }
    }

    /// Pickles from protocol 2 on begin with PROTO and the protocol's number.
    private static func isPickle(_ beginning: [UInt8]) -> Bool {
        beginning.count >= 2 && beginning[0] == 0x80 && (2...5).contains(beginning[1])
    }
}
