import FoundationEssentials
import Painter

/// The card and the training record of a model, written into its folder.
struct ModelCard {
    static let recordName = "training-record.json"
    let record: TrainingRecord
    let recipe: HanjiRecipe
    /// The folder of the exported model.
    let folder: String

    /// Writes `README.md` and `training-record.json`.
    func write() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try encoder.encode(record).write(to: URL(filePath: "\(folder)/\(Self.recordName)"), options: .atomic)
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/README.md"), options: .atomic)
    }

    /// The card's text.
    var text: String {
        """
        ---
        license: apache-2.0
        library_name: diffusers
        pipeline_tag: text-to-image
        language: [ko, en]
        ---

        # \(title)

        Ondol's built-in model: a small latent diffusion model that draws \(world) of \
        \(recipe.pictureSize) × \(recipe.pictureSize) pixels from a Korean or English sentence. It is a folder as \
        diffusers keeps it, of Stable Diffusion's structure.

        ## What it can draw

        \(vocabulary)

        ## What it cannot draw

        Anything else: \(unseen). A word it does not know changes the picture by chance. Fine detail, such as \
        hands and eyes, is a few pixels wide.

        ## What it learned from

        Only pictures that this program painted, by numbers, each with captions in Korean and English. Nobody's work \
        is in it. `\(painting)` paints picture N again; `\(Self.recordName)` says which pictures there were \
        and how to check that yours are the same.

        ## How it was trained

        | part | steps | pictures seen | time |
        |---|---|---|---|
        \(row("autoencoder", record.autoencoder))\
        \(record.decoder.map { "\n" + row("decoder alone", $0) } ?? "")
        \(row("UNet and text encoder", record.model))

        \(measured)
        """ + "\n"
    }

    /// `Hanji`, or `Hanji 256`.
    private var title: String {
        recipe.name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined(separator: " ")
    }

    private var world: String {
        switch recipe.edition {
        case .first: "storybook scenes"
        case .second: "painted pictures"
        }
    }

    private var unseen: String {
        switch recipe.edition {
        case .first:
            "it has seen no photograph, no face from near by, no writing, no other animal or thing, and no more than one subject at a time"
        case .second:
            "it has seen no photograph, no writing, no crowd, no other animal or thing, and no more than three figures at a time"
        }
    }

    private var painting: String {
        switch recipe.edition {
        case .first: "ondol paint --seed N"
        case .second: "ondol paint --edition 2 --seed N --size \(recipe.pictureSize)"
        }
    }

    private var vocabulary: String {
        let lists =
            switch recipe.edition {
            case .first:
                [
                    list("Places", Place.allCases.map(\.rawValue)),
                    list("Times of day", TimeOfDay.allCases.map(\.rawValue)),
                    list("Weather", Weather.allCases.map(\.rawValue)),
                    list("Subjects", Subject.allCases.map(\.rawValue)),
                    list("Actions", Action.allCases.map(\.rawValue)),
                    list("Media", Medium.allCases.map(\.rawValue)),
                ]
            case .second:
                [
                    list("Places", Tableau.Place.allCases.map(\.rawValue)),
                    list("Hours", Tableau.Hour.allCases.map(\.rawValue)),
                    list("Weather", Tableau.Weather.allCases.map(\.rawValue)),
                    list("Seasons", Tableau.Season.allCases.map(\.rawValue)),
                    list("Small lights", Tableau.Glow.allCases.map(\.rawValue)),
                    list("Subjects", Tableau.Subject.allCases.map(\.rawValue)),
                    list("Actions", Tableau.Action.allCases.map(\.rawValue)),
                    list("Media", Tableau.Medium.allCases.map(\.rawValue)),
                    list("Palettes", Tableau.Palette.allCases.map(\.rawValue)),
                ]
            }
        return lists.joined(separator: "\n")
    }

    private func list(_ name: String, _ values: [String]) -> String {
        "- \(name): \(values.filter { $0 != "none" }.map(Self.words).joined(separator: ", "))"
    }

    /// `magicForest` as `magic forest`.
    private static func words(_ name: String) -> String {
        String(name.flatMap { $0.isUppercase ? [" ", Character($0.lowercased())] : [$0] })
    }

    private func row(_ name: String, _ run: TrainingRecord.Run) -> String {
        let device = run.description.map { " on \($0.device)" } ?? ""
        return
            "| \(name) | \(run.steps) | \(run.samples) | \(Terminal.duration(seconds: run.seconds))\(device) |"
    }

    private var measured: String {
        var sentences: [String] = []
        if let ratio = (record.decoder ?? record.autoencoder).measured["unseen PSNR"] {
            sentences.append(
                "The autoencoder gives pictures it never saw back at \(Terminal.fixed(ratio, 1)) dB (PSNR).")
        }
        if let right = record.model.measured["unseen error"],
            let wrong = record.model.measured["unseen error, wrong captions"]
        {
            sentences.append(
                "On pictures it never saw the UNet's mean squared error is \(Terminal.fixed(right, 4)), and "
                    + "\(Terminal.fixed(wrong, 4)) where it is told another picture's caption"
                    + (right < wrong ? ": it reads." : ": it does not read."))
        }
        return sentences.joined(separator: " ")
    }
}

extension ModelCard {
    /// Gathers what the card says.
    /// - Parameters:
    ///   - run: the folder of the training run.
    ///   - model: the folder of the exported model.
    init(run: String, recipe: HanjiRecipe, model: String) throws {
        self.init(
            record: try TrainingRecord(run: run, recipe: recipe, modelFolder: model), recipe: recipe,
            folder: model)
    }
}
