import DiffusionModels
import PJRT
import Tensors

extension BatchRows {
    /// What each row that moves in the next step wants of the UNet; nil for rows that rest and empty ones.
    var styles: [[PictureStyle]?] {
        places.map { picture in
            guard let picture, !picture.isFinished else { return nil }
            return picture.plan.request.styles.filter { $0.style.forms[.unet] != nil }
        }
    }

    /// Whether a picture's styles find slots beside those of the pictures that are here.
    func hasSlots(for plan: PicturePlan) -> Bool {
        let wanted = plan.request.styles
        guard !wanted.isEmpty else { return true }
        return RowwiseStyling.count(styles.compactMap(\.self).joined() + wanted) <= RowwiseStyling.slotLimit
    }
}

extension DenoisingSession {
    /// Different styles in one batch for which programs are prepared; more cost a compilation the first time.
    public static let preparedStyleCount = 4

    /// The step's program with the styles of its rows, and the arguments for them that follow the others.
    func styledProgram(
        _ step: StepProgram, _ styling: BatchStyling
    ) throws -> (program: BoundProgram, arguments: [Buffer]) {
        let programs = pipeline.programs
        switch styling {
        case .plain: return (try programs.program(.step(step)), [])
        case .merged(let styles):
            let form = pipeline.form(styles.compactMap { $0.style.forms[.unet] }, of: .unet)
            return (try programs.program(.step(step), merging: styles, form: form), [])
        case .rowwise(let rowwise):
            let form = pipeline.form(rowwise.styles.compactMap { $0.forms[.unet] }, of: .unet)
            let layout = try programs.layout(form, of: .unet)
            var step = step
            step.styles = StyleSlots(count: rowwise.slots, form: form)
            let vectors = try rowwise.styles.map { try $0.vector(in: layout) }
            let client = programs.compiler.client
            let weights = try client.buffer(
                from: HostTensor(rowwise.weights, shape: [step.rows, rowwise.slots]))
            // An empty slot's weights are 0, whatever lies in it.
            let rest = Array(repeating: vectors[0], count: rowwise.slots - vectors.count)
            return (try programs.program(.step(step)), [weights] + vectors + rest)
        }
    }
}
