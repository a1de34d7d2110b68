import Serving

/// A device under the virtual clock.
///
/// Between two changes of its batch nothing happens but equal steps, so it goes from change to change: a stretch of steps
/// has a start and a step time, and is cut at the next step boundary when somebody is to join.
struct SimulatedDevice {
    struct Row {
        let job: Int
        var stepsLeft: Int
        let recipe: TierRecipe
    }

    let group: Int
    let name: String
    var rows: [Row] = []
    var shape: PictureShape?
    /// Where the stretch began, in microseconds.
    var stretchStart: Int64 = 0
    /// Microseconds of one step in this stretch.
    var stepMicroseconds: Int64 = 1
    var generation: UInt32 = 0
    var isThere = true
    /// Whether it is on the list of devices with free seats.
    var isListed = false
    var heat: HeatGuard?
    var celsius = 0.0
    /// Microseconds with rows since the last reading of the temperature.
    var busySinceReading: Int64 = 0
    /// Microseconds with rows since the end of the warm-up.
    var busyMicroseconds: Int64 = 0
    /// Microseconds in which it loaded models, since the end of the warm-up.
    var loadingMicroseconds: Int64 = 0
    /// Base models and adapters in its memory, the one used last at the end.
    var models: [String] = []
    var adapters: [String] = []
    /// Until when its time is counted as busy or not.
    var countedUntil: Int64 = 0

    init(group: Int, index: Int) {
        self.group = group
        name = "device\(index)"
    }

    /// Network evaluations of a step, on the average of the rows' steps: as programs compute them, whose sizes are few.
    var evaluations: Double {
        rows.reduce(0) {
            let steps = Double(max(1, $1.recipe.steps))
            return $0 + $1.recipe.evaluations(reusedStepShare: TierRecipe.reusedStepShare, rows: rows.count)
                / steps
        }
    }

    /// The next step boundary that is not before a time.
    func boundary(notBefore time: Int64) -> Int64 {
        guard !rows.isEmpty, time > stretchStart else { return max(time, stretchStart) }
        let steps = (time - stretchStart + stepMicroseconds - 1) / stepMicroseconds
        return stretchStart + steps * stepMicroseconds
    }

    /// The boundary at which the next row is done.
    var nextDone: Int64 {
        stretchStart + Int64(rows.map(\.stepsLeft).min() ?? 0) * stepMicroseconds
    }

    /// Does the steps up to a boundary.
    mutating func advance(to time: Int64) -> Int {
        guard !rows.isEmpty, time > stretchStart else { return 0 }
        let steps = Int((time - stretchStart) / stepMicroseconds)
        for index in rows.indices { rows[index].stepsLeft = max(0, rows[index].stepsLeft - steps) }
        stretchStart += Int64(steps) * stepMicroseconds
        return steps
    }

    /// Whether a picture can be begun without loading anything.
    func hasLoaded(_ shape: PictureShape) -> Bool {
        let base = shape.baseModel
        return models.contains { $0 == base } && (!shape.hasAdapter || adapters.contains(shape.model))
    }

    /// Puts a picture's model into memory, and tells what had to be loaded for it.
    mutating func load(_ shape: PictureShape, modelSlots: Int, adapterSlots: Int) -> (
        model: Bool, adapter: Bool
    ) {
        let isNewModel = Self.use(String(shape.baseModel), in: &models, slots: modelSlots) {
            // What lay over a model that went is gone with it.
            gone in adapters.removeAll { $0.prefix { $0 != PictureShape.adapterMark } == gone }
        }
        guard shape.hasAdapter else { return (isNewModel, false) }
        return (isNewModel, Self.use(shape.model, in: &adapters, slots: adapterSlots) { _ in })
    }

    private static func use(
        _ name: String, in memory: inout [String], slots: Int, forget: (String) -> Void
    ) -> Bool {
        if let place = memory.lastIndex(of: name) {
            memory.append(memory.remove(at: place))
            return false
        }
        if memory.count >= slots { forget(memory.removeFirst()) }
        memory.append(name)
        return true
    }
}
