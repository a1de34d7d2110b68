import Serving
import Testing
import TestSupport

@Suite struct WorkIndexTests {
    /// Whatever is done to it, it answers as a sorted list would.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func agreesWithASortedList(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var index = WorkIndex()
        var model: [(place: QueuePlace, work: Double)] = []
        for number in 0..<2500 as Range<UInt64> {
            let kind = Int.random(in: 0..<10, using: &generator)
            if kind < 7 || model.isEmpty {
                // Few different tags, so that ties are common.
                let tag = Double(Int.random(in: 0..<60, using: &generator))
                let place = QueuePlace(tag: tag, number: number)
                let work = Double(Int.random(in: 0...5000, using: &generator)) / 1000
                let isNew = index.insert(place, workSeconds: work)
                #expect(isNew)
                model.insert((place, work), at: model.firstIndex { place < $0.place } ?? model.count)
            } else if kind == 7 {
                let first = index.popFirst()
                #expect(first == model.removeFirst().place)
            } else {
                let removed = model.remove(at: Int.random(in: model.indices, using: &generator))
                let work = index.remove(removed.place) ?? -1
                #expect(abs(work - removed.work) < 1e-5, "seed \(seed)")
            }
            guard number % 50 == 0 else { continue }
            let tag = Double(Int.random(in: 0..<60, using: &generator))
            let probe = QueuePlace(tag: tag, number: UInt64.random(in: 0...number, using: &generator))
            let before = model.filter { $0.place < probe }
            #expect(index.count(before: probe) == before.count, "seed \(seed)")
            #expect(
                abs(index.workSeconds(before: probe) - before.reduce(0) { $0 + $1.work }) < 1e-4,
                "seed \(seed)")
            #expect(index.count == model.count)
            #expect(index.prefix(7) == model.prefix(7).map(\.place))
        }
        while let place = index.popFirst() {
            let expected = model.removeFirst().place
            #expect(place == expected)
        }
        #expect(index.workSeconds == 0)
        #expect(model.isEmpty)
    }

    @Test func refusesAPlaceTwiceAndOneThatIsNotThere() {
        var index = WorkIndex()
        let place = QueuePlace(tag: 1, number: 1)
        let isFirstNew = index.insert(place, workSeconds: 2)
        let isSecondNew = index.insert(place, workSeconds: 3)
        #expect(isFirstNew && !isSecondNew)
        #expect(index.workSeconds == 2)
        let stranger = index.remove(QueuePlace(tag: 1, number: 2))
        #expect(stranger == nil)
        #expect(index.contains(place))
        let work = index.remove(place)
        #expect(work == 2)
        let nobody = index.popFirst()
        #expect(nobody == nil)
    }
}
