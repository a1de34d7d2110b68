import Testing

@testable import ondol

/// The line that tells how a drawing goes.
struct StepMeterTests {
    @Test func timeLeftComesFromTheStepsSoFarWithoutTheFirst() {
        var meter = StepMeter()
        meter.add(seconds: 30)
        #expect(
            meter.line(step: 1, of: 20, picture: 1, of: 1, hasBar: false)
                == "step 1/20  30.0 s/step  9 min 30 s left")
        for _ in 0..<9 { meter.add(seconds: 0.25) }
        #expect(
            meter.line(step: 10, of: 20, picture: 1, of: 1, hasBar: false)
                == "step 10/20  0.250 s/step  2.5 s left")
    }

    @Test func laterPicturesCount() {
        var meter = StepMeter()
        meter.add(seconds: 1)
        #expect(
            meter.line(step: 10, of: 20, picture: 2, of: 4, hasBar: true)
                == "picture 2/4  ████████████░░░░░░░░░░░░  step 10/20  1.0 s/step  50.0 s left")
        #expect(meter.line(step: 20, of: 20, picture: 4, of: 4, hasBar: true).hasSuffix("0.0 s left"))
    }
}
