import DiffusionModels
import NeuralNetworks
import StableHLO
import Tensors

/// How the rows of a batch get their styles in the next step.
enum BatchStyling {
    /// No row has any: the model as it is.
    case plain
    /// All rows want the same: it is worked into the weights.
    case merged([PictureStyle])
    /// Rows want different ones: low-rank paths, with a weight for each row and slot.
    case rowwise(RowwiseStyling)

    /// Decides for the styles of the rows that move, by place; nil where a row rests or is empty.
    init(_ rows: [[PictureStyle]?]) {
        let moving = rows.compactMap(\.self)
        guard let first = moving.first, moving.contains(where: { !$0.isEmpty }) else {
            self = .plain
            return
        }
        if moving.allSatisfy({ Set($0) == Set(first) }) {
            // In one order, so that the same combination is found again.
            self = .merged(first.sorted { $0.style.name < $1.style.name })
        } else {
            self = .rowwise(RowwiseStyling(rows))
        }
    }
}

/// Slots with styles, and what each row wants of them.
struct RowwiseStyling {
    /// Slots of a program unless more are needed: each costs time in every row, and more would seldom be filled.
    static let usualSlots = DenoisingSession.preparedStyleCount
    /// The most slots; more different styles have to wait for another batch.
    static let slotLimit = 16

    /// The styles, one a slot; empty slots follow.
    private(set) var styles: [PipelineStyle] = []
    /// Slots, a power of two.
    let slots: Int
    /// `[rows × slots]`.
    let weights: [Float]

    init(_ rows: [[PictureStyle]?]) {
        var places: [String: Int] = [:]
        for wanted in rows.compactMap(\.self).joined() where places[wanted.style.name] == nil {
            places[wanted.style.name] = styles.count
            styles.append(wanted.style)
        }
        var slots = Self.usualSlots
        while slots < styles.count { slots *= 2 }
        var weights = [Float](repeating: 0, count: rows.count * slots)
        for (row, wanted) in rows.enumerated() {
            for wish in wanted ?? [] {
                if let slot = places[wish.style.name] { weights[row * slots + slot] = Float(wish.strength) }
            }
        }
        self.slots = slots
        self.weights = weights
    }

    /// How many different styles there are.
    static func count(_ styles: some Sequence<PictureStyle>) -> Int { Set(styles.map(\.style.name)).count }
}

/// The low-rank paths of a program.
///
/// Its arguments: `[rows, slots] f32`, how much each row wants of each slot; and for each slot a style's vector,
/// `[elements] f32`.
struct StyleSlots: Hashable {
    let count: Int
    let form: LowRankForm

    /// Declares the arguments.
    /// - Parameter repeats: how often the batch holds every row, one after the other.
    func paths(
        in layout: LowRankLayout, rows: Int, repeats: Int, _ builder: FunctionBuilder
    ) throws -> RowwiseLowRank {
        let weights = builder.argument("style_weights", TensorType(.f32, [rows, count]))
        let vectors = (0..<count).map {
            builder.argument("style_\($0)", TensorType(.f32, [layout.elementCount]))
        }
        return try RowwiseLowRank(
            places: layout.places, rank: form.rank, factors: vectors,
            weights: repeats == 1
                ? weights : builder.concatenate(Array(repeating: weights, count: repeats), along: 0))
    }
}
