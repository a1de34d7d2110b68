accelerators := $(CURDIR)/.ondol/accelerators

.PHONY: setup build test lint format bench bench-flood bench-smoke bench-rights test-accelerators check-server check-pages

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

check-server: build # the service from outside; ONLY=client,http,prometheus,schema chooses parts
	Tools/server/install
	PYTHONPATH=$(CURDIR)/.ondol/checks/server python3 Tools/server/check.py $(if $(ONLY),--only $(ONLY))

check-pages: build # the pages in headless Chromium: over the scripted service, then over the real one
	Tools/pages/install
	swift build --product scripted-pages
	PYTHONPATH=$(CURDIR)/.ondol/checks/pages python3 Tools/pages/pictures.py --ondol ./ondol --out .ondol/checks/pictures
	python3 Tools/pages/check.py --service .build/debug/scripted-pages --pictures .ondol/checks/pictures --patience 3
	python3 Tools/pages/real_check.py

bench-rights: setup # ROWS=read-back,signing chooses rows by the beginnings of their names
	@Tools/setup/install-wheels Tools/setup/credentials.txt $(CURDIR)/.ondol/credential-reader
	@Tools/bench/word-lists $(CURDIR)/.ondol/bench/words
	@Benchmarks/run rights $(if $(ROWS),--only $(ROWS))

# Compiles the same programs for an NVIDIA H200 and a TPU v5e that need not be there. Downloads about 3 GB once.
test-accelerators: setup
	@Tools/setup/install-wheels Tools/setup/accelerators.txt $(accelerators)
	ONDOL_CUDA_PLUGIN=$(accelerators)/jax_plugins/xla_cuda13/xla_cuda_plugin.so \
	ONDOL_TPU_PLUGIN=$(accelerators)/libtpu/libtpu.so \
	swift test --disable-xctest --filter Accelerator
