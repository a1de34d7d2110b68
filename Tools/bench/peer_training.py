"""Times training steps of a UNet in PyTorch, to compare ours with.

    python Tools/bench/peer_training.py --folder FOLDER --batch 16 --size 16 --context-length 32 --threads 2

FOLDER holds a UNet's `config.json`, itself or under `unet`; its weights are not read. One step is forward, mean
squared error, backward and AdamW. Prints one JSON line with samples a second in f32 and under bf16 autocast, each
for the faster of two memory layouts. With `--turns` it runs on command instead, see `turns.py`, in the fastest of all
four.
"""

import argparse
import contextlib
import functools
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
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--size", type=int, help="height and width of the latents (the model's own)")
    parser.add_argument("--context-length", type=int, default=77)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--turns", action="store_true", help="run once for each line of input")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    folder = options.folder / "unet" if (options.folder / "unet").is_dir() else options.folder
    config = diffusers.UNet2DConditionModel.load_config(folder)
    options.size = options.size or config["sample_size"]
    variants = [
        (
            f"{kind} {str(layout).removeprefix('torch.').removesuffix('_format')}",
            functools.partial(prepared, config, kind, layout, options),
        )
        for kind in ("f32", "bf16")
        for layout in (torch.contiguous_format, torch.channels_last)
    ]
    if options.turns:
        return take_turns(variants, version=torch.__version__)
    timings = {name: measured(prepare(), options) for name, prepare in variants}
    medians = {name: statistics.median(seconds) for name, seconds in timings.items()}

    def samples_per_second(kind: str) -> float:
        fastest = min(seconds for name, seconds in medians.items() if name.startswith(kind))
        return round(options.batch / fastest, 3)

    result = {
        "peer": "training",
        "version": torch.__version__,
        "batch": options.batch,
        "size": options.size,
        "context_length": options.context_length,
        "threads": options.threads,
        "repeats": options.repeats,
        "f32_samples_per_second": samples_per_second("f32"),
        "bf16_samples_per_second": samples_per_second("bf16"),
        "all_seconds": {name: [round(value, 4) for value in seconds] for name, seconds in timings.items()},
    }
    print(json.dumps(result))


def prepared(config: dict, kind: str, layout: torch.memory_format, options):
    torch.manual_seed(0)
    model = diffusers.UNet2DConditionModel.from_config(config).train().to(memory_format=layout)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.01, fused=True)
    shape = (options.batch, model.config.in_channels, options.size, options.size)
    sample = torch.randn(shape).to(memory_format=layout)
    target = torch.randn(options.batch, model.config.out_channels, options.size, options.size)
    target = target.to(memory_format=layout)
    timestep = torch.randint(0, 1000, (options.batch,))
    context = torch.randn(options.batch, options.context_length, model.config.cross_attention_dim)

    def precision():
        return torch.autocast("cpu", torch.bfloat16) if kind == "bf16" else contextlib.nullcontext()

    def step():
        optimizer.zero_grad(set_to_none=True)
        with precision():
            output = model(sample, timestep, context, return_dict=False)[0]
            loss = torch.nn.functional.mse_loss(output.float(), target)
        loss.backward()
        optimizer.step()

    return step


def measured(step, options) -> list[float]:
    seconds = []
    for _ in range(options.warmup + options.repeats):
        started = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - started)
    return seconds[options.warmup :]


if __name__ == "__main__":
    main()
