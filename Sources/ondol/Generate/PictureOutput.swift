import FoundationEssentials
import ImagePipelines
import Images
import Worker

/// Where drawn pictures go, and what is written into them.
struct PictureOutput {
    /// The file that was asked for.
    private let file: String?
    private let count: Int
    private let format: PictureFormat

    /// Checks where the pictures shall go, before anything is drawn.
    /// - Throws: ``CommandError`` where that cannot be.
    init(out: String?, count: Int) throws(CommandError) {
        file = out
        self.count = count
        guard let out else {
            format = .png
            try OutputFile.checkWritable(folder: "")
            return
        }
        try OutputFile.check(out, example: "picture.png")
        let name = OutputFile.split(out).name
        guard let format = name.contains(".") ? PictureFormat(fileName: name) : .png else {
            throw CommandError(
                "\(out) names no format that can be written; let it end in .png, .jpg or .webp")
        }
        self.format = format
    }

    /// The path of a picture.
    /// - Parameter exists: whether there is something at a path.
    func path(at index: Int, seed: UInt64, where exists: (String) -> Bool) -> String {
        if let file {
            guard count > 1 else { return file }
            let (folder, name) = OutputFile.split(file)
            guard let dot = name.lastIndex(of: ".") else { return "\(folder)\(name)-\(index + 1)" }
            return "\(folder)\(name[..<dot])-\(index + 1)\(name[dot...])"
        }
        let stem = "ondol-\(seed)"
        guard exists("\(stem).png") else { return "\(stem).png" }
        var number = 2
        while exists("\(stem)-\(number).png") { number += 1 }
        return "\(stem)-\(number).png"
    }

    /// Writes a picture, whole or not at all, and returns its path.
    /// - Parameter file: makes the file of a format.
    func write(
        describedBy plan: PicturePlan, model: String, styles: [StyleUse] = [], size: PictureSize,
        at index: Int,
        file: (PictureEncoding) throws -> [UInt8]
    ) throws -> String {
        let path = path(at: index, seed: plan.request.seed) { FileManager.default.fileExists(atPath: $0) }
        let encoding: PictureEncoding =
            switch format {
            case .png: .png(texts: Self.texts(of: plan, model: model, styles: styles, size: size))
            case .jpeg: .jpeg()
            case .webp: .webp()
            }
        try Picture.write(try file(encoding), to: path)
        return path
    }

    /// How the picture was made, for whoever opens it.
    static func texts(
        of plan: PicturePlan, model: String, styles: [StyleUse] = [], size: PictureSize
    ) -> [PNGText] {
        let request = plan.request
        var texts = [
            PNGText(keyword: "Software", text: "Ondol \(Ondol.configuration.version)"),
            PNGText(keyword: "prompt", text: request.prompt),
        ]
        if !request.negativePrompt.isEmpty {
            texts.append(PNGText(keyword: "negative prompt", text: request.negativePrompt))
        }
        texts += [
            PNGText(keyword: "seed", text: "\(request.seed)"),
            PNGText(keyword: "model", text: model),
            PNGText(keyword: "steps", text: "\(request.stepCount)"),
            PNGText(keyword: "guidance", text: "\(request.guidanceScale)"),
            PNGText(keyword: "sampler", text: plan.solverPlan.solver.rawValue),
            PNGText(keyword: "size", text: "\(size)"),
        ]
        if !styles.isEmpty {
            texts.append(
                PNGText(keyword: "style", text: styles.map(\.text).joined(separator: ", ")))
        }
        if let photo = request.photo {
            texts.append(PNGText(keyword: "photo strength", text: "\(photo.strength)"))
        }
        return texts
    }
}
