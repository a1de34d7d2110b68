// Regenerate: ONDOL_REGENERATE_GOLDEN=1 swift test --filter StableHLOTests
func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<3xf32>, %arg2: tensor<3xi1>, %arg3: tensor<3xi32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2x2xf32>, tensor<3xf32>, tensor<3xf32>, tensor<2x3xf32>, tensor<3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<2xf32>, tensor<2x3xf32>, tensor<1x2x2x1xf32>, tensor<2xf32>, tensor<3xf32>, tensor<f32>, tensor<2x3xf32>, tensor<3x2x1xf32>, tensor<3x2xf32>, tensor<1x2xf32>, tensor<8xf32>, tensor<1xf32>, tensor<6xf32>, tensor<3xf32>, tensor<3xf32>, tensor<1x2xf32>, tensor<2x3xf32>, tensor<3x2xf32>, tensor<3x2xf32>, tensor<3xf32>, tensor<3xf32>) {
  %0 = stablehlo.constant dense<0.5> : tensor<2xf32>
  %1 = stablehlo.constant dense<"0x0000803F000000C0"> : tensor<2xf32>
  %2 = stablehlo.iota dim = 0 : tensor<2x2xi64>
  %3 = stablehlo.convert %2 : (tensor<2x2xi64>) -> tensor<2x2xf32>
  %4 = stablehlo.negate %arg1 : tensor<3xf32>
  %5 = stablehlo.exponential %arg1 : tensor<3xf32>
  %6 = stablehlo.log %arg0 : tensor<2x3xf32>
  %7 = stablehlo.logistic %arg1 : tensor<3xf32>
  %8 = stablehlo.sqrt %arg0 : tensor<2x3xf32>
  %9 = stablehlo.rsqrt %arg0 : tensor<2x3xf32>
  %10 = stablehlo.tanh %arg1 : tensor<3xf32>
  %11 = stablehlo.sine %arg1 : tensor<3xf32>
  %12 = stablehlo.cosine %arg1 : tensor<3xf32>
  %13 = stablehlo.abs %arg1 : tensor<3xf32>
  %14 = stablehlo.constant dense<0.75> : tensor<3xf32>
  %15 = stablehlo.multiply %arg1, %14 : tensor<3xf32>
  %16 = stablehlo.floor %15 : tensor<3xf32>
  %17 = stablehlo.not %arg2 : tensor<3xi1>
  %18 = stablehlo.convert %17 : (tensor<3xi1>) -> tensor<3xf32>
  %19 = chlo.erf %arg1 : tensor<3xf32> -> tensor<3xf32>
  %20 = stablehlo.abs %arg1 : tensor<3xf32>
  %21 = stablehlo.add %arg1, %20 : tensor<3xf32>
  %22 = stablehlo.constant dense<1.0> : tensor<3xf32>
  %23 = stablehlo.subtract %arg1, %22 : tensor<3xf32>
  %24 = stablehlo.multiply %arg1, %arg1 : tensor<3xf32>
  %25 = stablehlo.constant dense<4.0> : tensor<3xf32>
  %26 = stablehlo.divide %arg1, %25 : tensor<3xf32>
  %27 = stablehlo.constant dense<0.0> : tensor<3xf32>
  %28 = stablehlo.multiply %arg1, %27 : tensor<3xf32>
  %29 = stablehlo.maximum %arg1, %28 : tensor<3xf32>
  %30 = stablehlo.constant dense<0.0> : tensor<3xf32>
  %31 = stablehlo.multiply %arg1, %30 : tensor<3xf32>
  %32 = stablehlo.minimum %arg1, %31 : tensor<3xf32>
  %33 = stablehlo.constant dense<3.0> : tensor<2x3xf32>
  %34 = stablehlo.power %arg0, %33 : tensor<2x3xf32>
  %35 = stablehlo.constant dense<2.0> : tensor<2x3xf32>
  %36 = stablehlo.remainder %arg0, %35 : tensor<2x3xf32>
  %37 = stablehlo.constant dense<0.0> : tensor<3xf32>
  %38 = stablehlo.multiply %arg1, %37 : tensor<3xf32>
  %39 = stablehlo.compare GT, %arg1, %38 : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %40 = stablehlo.and %arg2, %39 : tensor<3xi1>
  %41 = stablehlo.convert %40 : (tensor<3xi1>) -> tensor<3xf32>
  %42 = stablehlo.constant dense<0.0> : tensor<3xf32>
  %43 = stablehlo.multiply %arg1, %42 : tensor<3xf32>
  %44 = stablehlo.compare EQ, %arg1, %43 : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %45 = stablehlo.or %arg2, %44 : tensor<3xi1>
  %46 = stablehlo.convert %45 : (tensor<3xi1>) -> tensor<3xf32>
  %47 = stablehlo.constant dense<1> : tensor<3xi32>
  %48 = stablehlo.or %arg3, %47 : tensor<3xi32>
  %49 = stablehlo.convert %48 : (tensor<3xi32>) -> tensor<3xf32>
  %50 = stablehlo.constant dense<0.0> : tensor<3xf32>
  %51 = stablehlo.multiply %arg1, %50 : tensor<3xf32>
  %52 = stablehlo.compare EQ, %arg1, %51 : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %53 = stablehlo.convert %52 : (tensor<3xi1>) -> tensor<3xf32>
  %54 = stablehlo.constant dense<0.0> : tensor<3xf32>
  %55 = stablehlo.multiply %arg1, %54 : tensor<3xf32>
  %56 = stablehlo.compare NE, %arg1, %55 : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %57 = stablehlo.convert %56 : (tensor<3xi1>) -> tensor<3xf32>
  %58 = stablehlo.constant dense<0.0> : tensor<3xf32>
  %59 = stablehlo.multiply %arg1, %58 : tensor<3xf32>
  %60 = stablehlo.compare LT, %arg1, %59 : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %61 = stablehlo.convert %60 : (tensor<3xi1>) -> tensor<3xf32>
  %62 = stablehlo.constant dense<0.0> : tensor<3xf32>
  %63 = stablehlo.multiply %arg1, %62 : tensor<3xf32>
  %64 = stablehlo.compare LE, %arg1, %63 : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %65 = stablehlo.convert %64 : (tensor<3xi1>) -> tensor<3xf32>
  %66 = stablehlo.constant dense<0.0> : tensor<3xf32>
  %67 = stablehlo.multiply %arg1, %66 : tensor<3xf32>
  %68 = stablehlo.compare GT, %arg1, %67 : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  %69 = stablehlo.convert %68 : (tensor<3xi1>) -> tensor<3xf32>
  %70 = stablehlo.constant dense<1> : tensor<3xi32>
  %71 = stablehlo.compare GE, %arg3, %70 : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
  %72 = stablehlo.convert %71 : (tensor<3xi1>) -> tensor<3xf32>
  %73 = stablehlo.constant dense<5.0> : tensor<3xf32>
  %74 = stablehlo.select %arg2, %arg1, %73 : tensor<3xi1>, tensor<3xf32>
  %75 = stablehlo.convert %arg1 : (tensor<3xf32>) -> tensor<3xi8>
  %76 = stablehlo.convert %75 : (tensor<3xi8>) -> tensor<3xf32>
  %77 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2xf32>
  %78 = stablehlo.convert %arg0 : (tensor<2x3xf32>) -> tensor<2x3xbf16>
  %79 = stablehlo.constant dense<"0x803FA0400040"> : tensor<3xbf16>
  %80 = stablehlo.dot_general %78, %79, batching_dims = [1] x [0], contracting_dims = [] x [], precision = [DEFAULT, DEFAULT] : (tensor<2x3xbf16>, tensor<3xbf16>) -> tensor<3x2xf32>
  %81 = stablehlo.transpose %80, dims = [1, 0] : (tensor<3x2xf32>) -> tensor<2x3xf32>
  %82 = stablehlo.reshape %arg0 : (tensor<2x3xf32>) -> tensor<1x2x3x1xf32>
  %83 = stablehlo.constant dense<1.0> : tensor<2x2x1x1xf32>
  %84 = stablehlo.convolution(%82, %83) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 2], pad = [[0, 1], [1, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<1x2x3x1xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x2x1xf32>
  %85 = stablehlo.constant dense<0.0> : tensor<f32>
  %86 = stablehlo.reduce(%arg0 init: %85) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  %87 = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %88 = stablehlo.reduce(%arg0 init: %87) applies stablehlo.maximum across dimensions = [0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<3xf32>
  %89 = stablehlo.constant dense<2147483647> : tensor<i32>
  %90 = stablehlo.reduce(%arg3 init: %89) applies stablehlo.minimum across dimensions = [0] : (tensor<3xi32>, tensor<i32>) -> tensor<i32>
  %91 = stablehlo.convert %90 : (tensor<i32>) -> tensor<f32>
  %92 = stablehlo.broadcast_in_dim %arg1, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
  %93 = stablehlo.reshape %arg0 : (tensor<2x3xf32>) -> tensor<3x2x1xf32>
  %94 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %95 = stablehlo.slice %arg0 [1:2, 0:3:2] : (tensor<2x3xf32>) -> tensor<1x2xf32>
  %96 = stablehlo.constant dense<9.0> : tensor<f32>
  %97 = stablehlo.pad %arg1, %96, low = [1], high = [2], interior = [1] : (tensor<3xf32>, tensor<f32>) -> tensor<8xf32>
  %98 = stablehlo.constant dense<0.0> : tensor<f32>
  %99 = stablehlo.pad %arg1, %98, low = [-1], high = [-1], interior = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<1xf32>
  %100 = stablehlo.reverse %arg1, dims = [0] : tensor<3xf32>
  %101 = stablehlo.concatenate %arg1, %100, dim = 0 : (tensor<3xf32>, tensor<3xf32>) -> tensor<6xf32>
  %102 = stablehlo.optimization_barrier %arg1 : tensor<3xf32>
  %103 = stablehlo.constant dense<2.0> : tensor<3xf32>
  %104 = stablehlo.multiply %arg1, %103 : tensor<3xf32>
  %105 = stablehlo.constant dense<1> : tensor<i32>
  %106 = stablehlo.constant dense<7> : tensor<i32>
  %107 = stablehlo.dynamic_slice %arg0, %105, %106, sizes = [1, 2] : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x2xf32>
  %108 = stablehlo.constant dense<9.0> : tensor<1x2xf32>
  %109 = stablehlo.constant dense<1> : tensor<i32>
  %110 = stablehlo.constant dense<1> : tensor<i32>
  %111 = stablehlo.dynamic_update_slice %arg0, %108, %109, %110 : (tensor<2x3xf32>, tensor<1x2xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
  %112 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %113 = "stablehlo.gather"(%112, %arg3) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 2>, indices_are_sorted = false}> : (tensor<3x2xf32>, tensor<3xi32>) -> tensor<3x2xf32>
  %114 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %115 = "stablehlo.scatter"(%114, %arg3, %114) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, indices_are_sorted = false, unique_indices = false}> ({
  ^bb0(%old: tensor<f32>, %update: tensor<f32>):
    %new = stablehlo.add %old, %update : tensor<f32>
    stablehlo.return %new : tensor<f32>
  }) : (tensor<3x2xf32>, tensor<3xi32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %loop116_zero = stablehlo.constant dense<0> : tensor<i32>
  %loop116_one = stablehlo.constant dense<1> : tensor<i32>
  %loop116_count = stablehlo.constant dense<4> : tensor<i32>
  %loop116:3 = stablehlo.while(%loop116_index = %loop116_zero, %loop116_carried0 = %arg1, %loop116_carried1 = %arg1) : tensor<i32>, tensor<3xf32>, tensor<3xf32>
  cond {
    %loop116_more = stablehlo.compare LT, %loop116_index, %loop116_count, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %loop116_more : tensor<i1>
  } do {
    %117 = stablehlo.add %loop116_carried0, %loop116_carried0 : tensor<3xf32>
    %loop116_next = stablehlo.add %loop116_index, %loop116_one : tensor<i32>
    stablehlo.return %loop116_next, %117, %loop116_carried1 : tensor<i32>, tensor<3xf32>, tensor<3xf32>
  }
  %118 = stablehlo.constant dense<0.0> : tensor<3xf32>
  %loop119_zero = stablehlo.constant dense<0> : tensor<i32>
  %loop119_one = stablehlo.constant dense<1> : tensor<i32>
  %loop119_count = stablehlo.constant dense<3> : tensor<i32>
  %loop119:2 = stablehlo.while(%loop119_index = %loop119_zero, %loop119_carried0 = %118) : tensor<i32>, tensor<3xf32>
  cond {
    %loop119_more = stablehlo.compare LT, %loop119_index, %loop119_count, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %loop119_more : tensor<i1>
  } do {
    %loop120_zero = stablehlo.constant dense<0> : tensor<i32>
    %loop120_one = stablehlo.constant dense<1> : tensor<i32>
    %loop120_count = stablehlo.constant dense<2> : tensor<i32>
    %loop120:2 = stablehlo.while(%loop120_index = %loop120_zero, %loop120_carried0 = %loop119_carried0) : tensor<i32>, tensor<3xf32>
    cond {
      %loop120_more = stablehlo.compare LT, %loop120_index, %loop120_count, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %loop120_more : tensor<i1>
    } do {
      %121 = stablehlo.convert %loop120_index : (tensor<i32>) -> tensor<f32>
      %122 = stablehlo.broadcast_in_dim %121, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %123 = stablehlo.add %loop120_carried0, %arg1 : tensor<3xf32>
      %124 = stablehlo.constant dense<2.0> : tensor<3xf32>
      %125 = stablehlo.multiply %122, %124 : tensor<3xf32>
      %126 = stablehlo.add %123, %125 : tensor<3xf32>
      %loop120_next = stablehlo.add %loop120_index, %loop120_one : tensor<i32>
      stablehlo.return %loop120_next, %126 : tensor<i32>, tensor<3xf32>
    }
    %loop119_next = stablehlo.add %loop119_index, %loop119_one : tensor<i32>
    stablehlo.return %loop119_next, %loop120#1 : tensor<i32>, tensor<3xf32>
  }
  return %0, %1, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %16, %18, %19, %21, %23, %24, %26, %29, %32, %34, %36, %41, %46, %49, %53, %57, %61, %65, %69, %72, %74, %76, %77, %81, %84, %86, %88, %91, %92, %93, %94, %95, %97, %99, %101, %102, %104, %107, %111, %113, %115, %loop116#1, %loop119#1 : tensor<2xf32>, tensor<2xf32>, tensor<2x2xf32>, tensor<3xf32>, tensor<3xf32>, tensor<2x3xf32>, tensor<3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<2xf32>, tensor<2x3xf32>, tensor<1x2x2x1xf32>, tensor<2xf32>, tensor<3xf32>, tensor<f32>, tensor<2x3xf32>, tensor<3x2x1xf32>, tensor<3x2xf32>, tensor<1x2xf32>, tensor<8xf32>, tensor<1xf32>, tensor<6xf32>, tensor<3xf32>, tensor<3xf32>, tensor<1x2xf32>, tensor<2x3xf32>, tensor<3x2xf32>, tensor<3x2xf32>, tensor<3xf32>, tensor<3xf32>
}
