import FoundationEssentials
import Rights

/// What is known of the base models of a shelf, for the cards of styles that stand on them.
///
/// A model says it in two ways: the built-in one, and others that this program trained, by their training record; any other by
/// `ondol-facts.json` in its folder, which whoever installs it writes. Without either nothing is claimed.
struct BaseModelShelf: Sendable {
    static let factsName = "ondol-facts.json"
    private let facts: [String: BaseModelFacts]

    /// Reads what is known of models.
    /// - Parameter folders: by the models' names.
    init(folders: [String: String]) {
        facts = folders.compactMapValues(Self.read)
    }

    /// The facts of a model as a style was trained on it.
    /// - Parameter weights: the hash that the style's training names.
    func facts(_ name: String, weights: ContentHash) -> BaseModelFacts {
        guard let known = facts[name] else { return .unknown(name: name, weights: weights) }
        return BaseModelFacts(
            name: known.name, version: known.version, weights: weights, licence: known.licence,
            trainingHistory: known.trainingHistory, pictureCount: known.pictureCount,
            isTrainedOnSyntheticPicturesOnly: known.isTrainedOnSyntheticPicturesOnly,
            isTrainedOnCrawledPictures: known.isTrainedOnCrawledPictures, dataUntil: known.dataUntil)
    }

    private static func read(_ folder: String) -> BaseModelFacts? {
        if let data = FileManager.default.contents(atPath: "\(folder)/\(factsName)") {
            return try? JSONDecoder().decode(BaseModelFacts.self, from: data)
        }
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(ModelCard.recordName)"),
            let record = try? JSONDecoder().decode(TrainingRecord.self, from: data),
            let weights = record.files["unet/diffusion_pytorch_model.safetensors"].flatMap({
                try? ContentHash(hexadecimal: $0)
            })
        else { return nil }
        return BaseModelFacts(
            name: ModelShelf.name(of: folder), version: record.version, weights: weights,
            licence: "Apache-2.0",
            trainingHistory: LocalizedText(
                korean:
                    "이 프로그램이 그린 그림만으로 배웠습니다. 누구의 작품도 들어 있지 않으며, 같은 번호로 언제든 다시 그려 볼 수 있습니다.",
                english:
                    "Only pictures that this program painted. Nobody's work is in it, and each can be painted again by its number."
            ),
            pictureCount: max(record.pictures.autoencoderEnd, record.pictures.modelEnd),
            isTrainedOnSyntheticPicturesOnly: true, isTrainedOnCrawledPictures: false, dataUntil: nil)
    }
}
