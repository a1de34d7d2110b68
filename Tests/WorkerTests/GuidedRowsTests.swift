import Serving
import Testing

@testable import ImagePipelines

/// `Serving` knows no programs, and `ImagePipelines` no prices; what one computes the other must reckon with.
struct GuidedRowsTests {
    @Test("Prices reckon with the programs that there are", arguments: 1...64)
    func agree(rows: Int) {
        for guided in 0...rows {
            #expect(GuidedRows.computed(guided, of: rows) == StepGuidance.computed(guided, of: rows))
        }
    }
}
