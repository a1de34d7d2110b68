import DiffusionModels
import FoundationEssentials
import ImagePipelines
import Images
import PJRT
import Provenance

/// Draws a new style's own captions and compares the pictures with its works: near copies keep it from being published.
struct StyleCheck {
    /// The most captions that are drawn, evenly taken from all: the first hundred tell what an adapter has memorised.
    static let captionLimit = 100

    /// How many of the pictures are kept, to be shown on the style's card: two rows of three.
    static let sampleLimit = 6
    /// The folder of those beside the adapter.
    static let samplesName = "samples"

    /// What was found.
    struct Report: Encodable {
        struct Pair: Encodable {
            let caption: Int
            let work: String
            let distance: Int
            let isPartial: Bool
            let pictures: String
        }

        let adapter: String
        let drawnPictures: Int
        let works: Int
        let limit: Int
        let nearCopies: [Pair]
    }

    private static let pairPrefix = "near-copy-"

    let pipeline: TextToImagePipeline
    let pictures: CaptionedPictures
    /// Where the report and the pairs go.
    let folder: String
    var stepCount = 20
    var guidance = 5.0

    /// Draws, compares, and writes the report; pairs are written beside it as sheets of the drawn picture and the work.
    /// - Throws: what drawing throws; ``CommandError`` where the report cannot be written.
    func run(_ style: PipelineStyle, adapter: String, seed: UInt64, observe: (Int, Int) -> Void) async throws
        -> Report
    {
        removePairs()
        let size = pipeline.usualSize
        var search = NearCopySearch()
        for entry in pictures.entries {
            search.add(try Picture(contentsOf: "\(pictures.folder)/\(entry.name)"), name: entry.name)
        }
        let count = min(pictures.entries.count, Self.captionLimit)
        let chosen = (0..<count).map { pictures.entries[$0 * pictures.entries.count / count] }
        let plans = try chosen.enumerated().map { index, entry in
            var request = PictureRequest(prompt: entry.caption, seed: seed &+ UInt64(index))
            (request.stepCount, request.guidanceScale) = (stepCount, guidance)
            request.styles = [PictureStyle(style)]
            return try pipeline.plan(request)
        }
        var pairs: [Report.Pair] = []
        var (done, kept) = (0, 0)
        let samples = "\(folder)/\(Self.samplesName)"
        // Of an adapter that was here before.
        try? FileManager.default.removeItem(atPath: samples)
        try FileManager.default.createDirectory(atPath: samples, withIntermediateDirectories: true)
        try await pipeline.draw(plans, size: size, capacity: min(4, count)) { _ in
            if Interruption.isRequested { throw CancellationError() }
        } delivering: { index, drawn in
            done += 1
            observe(done, count)
            guard let pair = search.nearest(to: drawn, name: "\(index)") else {
                if kept < Self.sampleLimit {
                    kept += 1
                    try Picture.write(drawn.encoded(as: .png()), to: "\(samples)/\(kept).png")
                }
                return
            }
            let name = "\(Self.pairPrefix)\(pairs.count + 1).png"
            try write(drawn, beside: pair.work, as: name)
            pairs.append(
                .init(
                    caption: index, work: pair.work, distance: pair.distance, isPartial: pair.isPartial,
                    pictures: name))
        }
        let report = Report(
            adapter: adapter, drawnPictures: count, works: pictures.entries.count,
            limit: PerceptualHash.matchLimit, nearCopies: pairs)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try Picture.write(Array(try encoder.encode(report)) + [0x0A], to: "\(folder)/check.json")
        return report
    }

    /// Removes what an earlier check of the same style has written.
    private func removePairs() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(Self.pairPrefix) && name.hasSuffix(".png") {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    private func write(_ drawn: Picture, beside work: String, as name: String) throws {
        let original = try Picture(contentsOf: "\(pictures.folder)/\(work)")
            .contained(width: drawn.width, height: drawn.height)
        let sheet = Picture.grid(of: [drawn, original], columns: 2, spacing: 8)
        try Picture.write(sheet.encoded(as: .png()), to: "\(folder)/\(name)")
    }
}
