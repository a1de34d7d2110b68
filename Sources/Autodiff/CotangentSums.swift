import StableHLO

/// What one operation hands back to one operand.
enum Cotangent {
    /// A cotangent of the operand's own type.
    case whole(Value)
    /// The cotangent of a box of the operand; zero elsewhere.
    case box(Value, SliceBounds)
}

/// Collects what the uses of each value hand back, and adds it up.
///
/// Boxes are held until all have come: the parts of a value that was cut up (into attention heads, for one) are
/// then joined by a single concatenation, where padding each with zeros and adding would touch the whole
/// value once for every part.
struct CotangentSums {
    private var parts: [ValueIdentifier: [Cotangent]] = [:]

    /// Adds one use's cotangent.
    mutating func add(_ part: Cotangent, to value: ValueIdentifier) { parts[value, default: []].append(part) }

    /// The sum over all uses so far, or nil where there was none.
    mutating func sum(for value: Value) throws -> Value? {
        guard let collected = parts[value.identifier] else { return nil }
        var terms: [Value] = []
        var boxes: [(cotangent: Value, bounds: SliceBounds)] = []
        for part in collected {
            switch part {
            case .whole(let cotangent): terms.append(cotangent)
            case .box(let cotangent, let bounds): boxes.append((cotangent, bounds))
            }
        }
        let slabs = boxes.compactMap { Slab($0.cotangent, $0.bounds, of: value) }
        for (cotangent, bounds) in boxes where Slab(cotangent, bounds, of: value) == nil {
            terms.append(try Self.spread(cotangent, bounds, over: value))
        }
        for axis in 0..<value.rank {
            for layer in Slab.layers(slabs.filter { $0.axis == axis }) {
                terms.append(try Self.join(layer, along: axis, of: value))
            }
        }
        guard let first = terms.first else { return nil }
        let sum = try terms.dropFirst().reduce(first) { try $0 + $1 }
        parts[value.identifier] = [.whole(sum)]
        return sum
    }

    /// A box put back in its place, zeros around and between its elements.
    private static func spread(_ cotangent: Value, _ bounds: SliceBounds, over value: Value) throws -> Value {
        let high = (0..<value.rank).map { axis in
            let count = cotangent.shape[axis]
            let span = count == 0 ? 0 : (count - 1) * bounds.strides[axis] + 1
            return value.shape[axis] - bounds.starts[axis] - span
        }
        return try cotangent.padded(low: bounds.starts, high: high, interior: bounds.strides.map { $0 - 1 })
    }

    /// Slabs that do not overlap, in order, with zeros in the gaps.
    private static func join(_ slabs: [Slab], along axis: Int, of value: Value) throws -> Value {
        if slabs.count == 1 { return try spread(slabs[0].cotangent, slabs[0].bounds, over: value) }
        var pieces: [Value] = []
        var position = 0
        func fill(to end: Int) throws {
            guard end > position else { return }
            var sizes = value.shape.dimensions
            sizes[axis] = end - position
            pieces.append(try value.builder.constant(0, value.type.with(.init(sizes))))
        }
        for slab in slabs {
            try fill(to: slab.start)
            pieces.append(slab.cotangent)
            position = slab.end
        }
        try fill(to: value.shape[axis])
        return try value.builder.concatenate(pieces, along: axis)
    }
}

/// A box that is a contiguous part of one dimension and all of the others.
private struct Slab {
    let cotangent: Value
    let bounds: SliceBounds
    let axis: Int
    var start: Int { bounds.starts[axis] }
    var end: Int { bounds.limits[axis] }

    init?(_ cotangent: Value, _ bounds: SliceBounds, of value: Value) {
        let cut = (0..<value.rank).filter { cotangent.shape[$0] != value.shape[$0] }
        guard cut.count == 1, bounds.strides[cut[0]] == 1 else { return nil }
        self.cotangent = cotangent
        self.bounds = bounds
        axis = cut[0]
    }

    /// Sorts slabs of one axis into as few layers without overlap as a greedy pass finds.
    static func layers(_ slabs: [Slab]) -> [[Slab]] {
        var layers: [[Slab]] = []
        for slab in slabs.sorted(by: { $0.start < $1.start }) {
            if let free = layers.firstIndex(where: { $0[$0.count - 1].end <= slab.start }) {
                layers[free].append(slab)
            } else {
                layers.append([slab])
            }
        }
        return layers
    }
}
