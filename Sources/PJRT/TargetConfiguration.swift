/// What the CUDA plugin must know of a graphics processor to compile for it unseen.
enum TargetConfiguration {
    /// The NVIDIA H200 (141 GB, SXM): compute capability 9.0 with its own instructions ("9.0a").
    ///
    /// Only what decides how code is generated. Numbers: NVIDIA CUDA C++ Programming Guide, "Technical
    /// Specifications per Compute Capability" 9.0, and the H200 data sheet. Field names: openxla/xla
    /// `xla/stream_executor/device_description.proto`, `GpuTargetConfigProto`.
    static let h200 = """
        platform_name: "CUDA"
        device_description_str: "NVIDIA H200"
        dnn_version_info { major: 9 minor: 12 patch: 0 }
        gpu_device_info {
          name: "NVIDIA H200"
          device_vendor: "NVIDIA Corporation"
          platform_version: "Compute Capability 9.0a"
          runtime_version: "13.0.0"
          driver_version: "13.0.0"
          cuda_compute_capability { major: 9 minor: 0 feature_extension: ACCELERATED_FEATURES }
          device_address_bits: 64
          threads_per_warp: 32
          threads_per_block_limit: 1024
          threads_per_core_limit: 2048
          thread_dim_limit_x: 1024
          thread_dim_limit_y: 1024
          thread_dim_limit_z: 64
          block_dim_limit_x: 2147483647
          block_dim_limit_y: 65535
          block_dim_limit_z: 65535
          registers_per_core_limit: 65536
          registers_per_block_limit: 65536
          shared_memory_per_block: 49152
          shared_memory_per_block_optin: 232448
          shared_memory_per_core: 233472
          core_count: 132
          fpus_per_core: 128
          clock_rate_ghz: 1.98
          l2_cache_size: 52428800
          memory_bandwidth: 4800000000000
          device_memory_size: 151397597184
          ecc_enabled: true
        }
        """
}
