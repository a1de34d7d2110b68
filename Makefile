accelerators := $(CURDIR)/.ondol/accelerators

.PHONY: setup build test lint format bench bench-flood bench-smoke test-accelerators

setup: # what building and drawing need
	@Tools/setup/setup

build:
	@./ondol --version

test: setup
	swift test --disable-xctest

lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

format:
	swift format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

bench: setup # ROWS=unet-step,picture chooses rows by the beginnings of their names
	Benchmarks/run $(if $(ROWS),--only $(ROWS))

bench-flood: setup # everyone at once against the running service; ROWS=kill,light chooses rows by their beginnings
	Benchmarks/run flood $(if $(ROWS),--only $(ROWS))

bench-smoke: setup # each of our own benchmarks once, at the smallest size
	Benchmarks/run smoke

# Compiles the same programs for an NVIDIA H200 and a TPU v5e that need not be there. Downloads about 3 GB once.
test-accelerators: setup
	@Tools/setup/install-wheels Tools/setup/accelerators.txt $(accelerators)
	ONDOL_CUDA_PLUGIN=$(accelerators)/jax_plugins/xla_cuda13/xla_cuda_plugin.so \
	ONDOL_TPU_PLUGIN=$(accelerators)/libtpu/libtpu.so \
	swift test --disable-xctest --filter Accelerator
