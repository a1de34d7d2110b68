"""Times whole pictures in the reference implementation, to compare ours with.

    python Tools/bench/peer_pipeline.py --folder FOLDER --steps 20 --size 128 --solver ddim --threads 2

FOLDER is a model folder with `model_index.json`. Prints one JSON line; `seconds` is the median from prompt to picture
in memory, f32, without loading, for the faster of two memory layouts. With `--turns` it runs on command instead, see
`turns.py`.
"""

import argparse
import json
import pathlib
import statistics
import time

import diffusers
import torch
from turns import take_turns

PROMPT = "a quiet boy sitting alone in the sunset, soft tones, hand drawn"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--size", type=int, help="height and width of the picture (the model's own)")
    parser.add_argument("--solver", choices=["ddim", "dpm"], default="ddim")
    parser.add_argument("--guidance", type=float, default=7.5)
    parser.add_argument("--prompt", default=PROMPT)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--turns", action="store_true", help="run once for each line of input")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    diffusers.utils.logging.set_verbosity_error()

    started = time.perf_counter()
    pipeline = loaded(options.folder, options.solver)
    load_seconds = time.perf_counter() - started
    variants = [
        ("contiguous", lambda: prepared(pipeline, options, torch.contiguous_format)),
        ("channels_last", lambda: prepared(pipeline, options, torch.channels_last)),
    ]
    version = f"diffusers {diffusers.__version__}, torch {torch.__version__}"
    if options.turns:
        return take_turns(variants, version=version)
    timings = {name: measured(prepare(), options) for name, prepare in variants}
    medians = {name: statistics.median(seconds) for name, seconds in timings.items()}
    result = {
        "peer": "pipeline",
        "version": version,
        "type": "f32",
        "steps": options.steps,
        "size": options.size,
        "solver": options.solver,
        "guidance": options.guidance,
        "threads": options.threads,
        "repeats": options.repeats,
        "load_seconds": round(load_seconds, 3),
        "seconds": round(min(medians.values()), 4),
        "fastest": min(medians, key=medians.get),
        "all_seconds": {name: [round(value, 4) for value in seconds] for name, seconds in timings.items()},
    }
    print(json.dumps(result))


def loaded(folder: pathlib.Path, solver: str) -> diffusers.StableDiffusionPipeline:
    pipeline = diffusers.StableDiffusionPipeline.from_pretrained(
        folder, safety_checker=None, feature_extractor=None, requires_safety_checker=False, low_cpu_mem_usage=False
    )
    kind = {"ddim": diffusers.DDIMScheduler, "dpm": diffusers.DPMSolverMultistepScheduler}[solver]
    pipeline.scheduler = kind.from_config(pipeline.scheduler.config)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to(torch.float32)


def prepared(pipeline, options, layout: torch.memory_format):
    pipeline.unet.to(memory_format=layout)
    pipeline.vae.to(memory_format=layout)

    def draw():
        pipeline(
            options.prompt,
            height=options.size,
            width=options.size,
            num_inference_steps=options.steps,
            guidance_scale=options.guidance,
            generator=torch.Generator().manual_seed(1),
        )

    return draw


def measured(draw, options) -> list[float]:
    seconds = []
    for _ in range(options.warmup + options.repeats):
        started = time.perf_counter()
        draw()
        seconds.append(time.perf_counter() - started)
    return seconds[options.warmup :]


if __name__ == "__main__":
    main()
