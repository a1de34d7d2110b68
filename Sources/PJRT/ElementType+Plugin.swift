import Tensors

extension ElementType {
    /// The number by which plugins know the type.
    /// Source: openxla/xla `xla/pjrt/c/pjrt_c_api.h`, `PJRT_Buffer_Type`.
    var pluginNumber: Int32 {
        switch self {
        case .i1: 1
        case .i8: 2
        case .i16: 3
        case .i32: 4
        case .i64: 5
        case .ui8: 6
        case .ui16: 7
        case .ui32: 8
        case .ui64: 9
        case .f16: 10
        case .f32: 11
        case .f64: 12
        case .bf16: 13
        }
    }

    /// The type of a plugin's number, or nil where we have none for it.
    init?(pluginNumber: Int32) {
        guard let type = Self.allCases.first(where: { $0.pluginNumber == pluginNumber }) else { return nil }
        self = type
    }
}
