"""Times one step of a UNet in the reference implementation, to compare ours with.

    python Tools/bench/peer_unet.py --folder FOLDER --batch 2 --size 64 --threads 2 --backend torch

FOLDER is a UNet's own folder, or a model folder that has one under `unet`. Prints one JSON line; `seconds` is the
median of the fastest variant, all f32. Loading, conversion and compilation are outside the time. With `--turns` it
runs on command instead, see `turns.py`.
"""

import argparse
import json
import pathlib
import statistics
import time

import diffusers
import torch
from turns import take_turns


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--batch", type=int, default=2)
    parser.add_argument("--size", type=int, default=64, help="height and width of the latents")
    parser.add_argument("--context-length", type=int, default=77)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--backend", choices=["torch", "openvino"], default="torch")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--turns", action="store_true", help="run once for each line of input")
    parser.add_argument("--profile", action="store_true", help="also print OpenVINO's time by kind of node")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    folder = options.folder / "unet" if (options.folder / "unet").is_dir() else options.folder
    model = diffusers.UNet2DConditionModel.from_pretrained(folder, low_cpu_mem_usage=False).float().eval()
    inputs = example(model.config, options)
    if options.backend == "torch":
        variants = torch_variants(model, inputs)
    else:
        variants = openvino_variants(model, inputs, options)
        del model
    if options.turns:
        return take_turns(variants, version=version(options.backend))
    timings = {name: measured(prepare(), options.warmup, options.repeats) for name, prepare in variants}
    medians = {name: statistics.median(seconds) for name, seconds in timings.items()}
    result = {
        "peer": "unet",
        "backend": options.backend,
        "version": version(options.backend),
        "type": "f32",
        "batch": options.batch,
        "size": options.size,
        "threads": options.threads,
        "repeats": options.repeats,
        "seconds": round(min(medians.values()), 4),
        "fastest": min(medians, key=medians.get),
        "all_seconds": {name: [round(value, 4) for value in seconds] for name, seconds in timings.items()},
    }
    print(json.dumps(result))


def example(config, options) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    sample = torch.randn(options.batch, config.in_channels, options.size, options.size, generator=generator)
    context = torch.randn(options.batch, options.context_length, config.cross_attention_dim, generator=generator)
    return sample, torch.full((options.batch,), 500), context


def torch_variants(model, inputs):
    """The plain model, and the same one with its convolutions' channels last."""

    def prepared(layout: torch.memory_format):
        model.to(memory_format=layout)
        sample = inputs[0].to(memory_format=layout)

        def step():
            with torch.no_grad():
                model(sample, *inputs[1:], return_dict=False)

        return step

    return [
        ("contiguous", lambda: prepared(torch.contiguous_format)),
        ("channels_last", lambda: prepared(torch.channels_last)),
    ]


class Positional(torch.nn.Module):
    """The UNet with three inputs and one output, as a converter wants it."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, sample, timestep, context):
        return self.model(sample, timestep, context, return_dict=False)[0]


def openvino_variants(model, inputs, options):
    import openvino

    with torch.no_grad():
        converted = openvino.convert_model(
            Positional(model), example_input=inputs, input=[tuple(value.shape) for value in inputs]
        )
    compiled = openvino.Core().compile_model(
        converted,
        "CPU",
        {
            "INFERENCE_PRECISION_HINT": "f32",
            "INFERENCE_NUM_THREADS": options.threads,
            "NUM_STREAMS": 1,
            "PERFORMANCE_HINT": "LATENCY",
            "PERF_COUNT": options.profile,
        },
    )
    del converted
    request = compiled.create_infer_request()
    arrays = {index: value.numpy() for index, value in enumerate(inputs)}
    with torch.no_grad():
        reference = model(*inputs, return_dict=False)[0]
    del model
    answer = torch.from_numpy(request.infer(arrays)[0].copy())
    error = ((answer - reference).abs().max() / reference.abs().max()).item()
    if not error < 1e-2:
        raise SystemExit(f"OpenVINO's answer is {error:.1e} away from PyTorch's: not a peer to compare with.")
    if options.profile:
        request.infer(arrays)
        print(json.dumps({"peer": "unet", "backend": "openvino", "seconds_by_kind": by_kind(request)}))
    return [("openvino", lambda: lambda: request.infer(arrays))]


def by_kind(request) -> dict[str, float]:
    """Seconds of the last run by kind of node, most first."""
    sums = {}
    for node in request.profiling_info:
        sums[node.node_type] = sums.get(node.node_type, 0) + node.real_time.total_seconds()
    return {kind: round(seconds, 4) for kind, seconds in sorted(sums.items(), key=lambda entry: -entry[1]) if seconds}


def measured(step, warmup: int, repeats: int) -> list[float]:
    for _ in range(warmup):
        step()
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - started)
    return seconds


def version(backend: str) -> str:
    if backend == "torch":
        return torch.__version__
    import openvino

    return openvino.__version__.split("-")[0]


if __name__ == "__main__":
    main()
