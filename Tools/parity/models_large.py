"""Writes a UNet of Stable Diffusion 1.5's size with random weights, and what diffusers makes of it.

    python Tools/parity/models_large.py FOLDER

FOLDER gets `config.json`, `diffusion_pytorch_model.safetensors` (3.4 GB of f32) and `case.safetensors`, named as
`models_tiny.py` names its own: two rows of 64x64 latents, a context of 77x768. Needs 10 GB of memory; never commit it.
"""

import argparse
import json
import math
import pathlib
import time

import diffusers
import torch
from models_weights import fill, normal, recording, save

SEED = 1500
CROSS_DOWN, CROSS_UP = "CrossAttnDownBlock2D", "CrossAttnUpBlock2D"
# Source: unet/config.json of stable-diffusion-v1-5, field by field.
CONFIG = {
    "_class_name": "UNet2DConditionModel",
    "_diffusers_version": "0.6.0",
    "act_fn": "silu",
    "attention_head_dim": 8,
    "block_out_channels": [320, 640, 1280, 1280],
    "center_input_sample": False,
    "cross_attention_dim": 768,
    "down_block_types": [CROSS_DOWN, CROSS_DOWN, CROSS_DOWN, "DownBlock2D"],
    "downsample_padding": 1,
    "flip_sin_to_cos": True,
    "freq_shift": 0,
    "in_channels": 4,
    "layers_per_block": 2,
    "mid_block_scale_factor": 1,
    "norm_eps": 1e-05,
    "norm_num_groups": 32,
    "out_channels": 4,
    "sample_size": 64,
    "up_block_types": ["UpBlock2D", CROSS_UP, CROSS_UP, CROSS_UP],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.folder.mkdir(parents=True, exist_ok=True)

    with torch.device("meta"):
        model = diffusers.UNet2DConditionModel.from_config(CONFIG)
    model = model.to_empty(device="cpu").eval()
    # The usual initialisation is uniform within 1 / sqrt(inputs): a deviation of 1 / sqrt(3 inputs).
    fill(model, SEED, gain=1 / math.sqrt(3))
    (options.folder / "config.json").write_text(json.dumps(CONFIG, indent=2) + "\n")
    save(dict(model.state_dict()), options.folder / "diffusion_pytorch_model.safetensors", {"format": "pt"})

    inputs = {
        "sample": normal(SEED + 1, 2, 4, 64, 64),
        "timestep": torch.tensor([981, 261]),
        "encoder_hidden_states": normal(SEED + 2, 2, 77, 768),
    }
    inner = ["time_proj", "time_embedding", "conv_in", "mid_block"]
    inner += [f"{half}.{level}" for half in ("down_blocks", "up_blocks") for level in range(4)]
    tensors: dict[str, torch.Tensor] = {}
    recording(model, inner, tensors)
    started = time.perf_counter()
    with torch.no_grad():
        tensors["expected.sample"] = model(**inputs).sample
    seconds = time.perf_counter() - started
    tensors |= {f"input.{name}": value for name, value in inputs.items()}
    metadata = {
        "command": "python Tools/parity/models_large.py FOLDER",
        "seed": str(SEED),
        "versions": f"torch {torch.__version__.split('+')[0]}, diffusers {diffusers.__version__}",
    }
    save(tensors, options.folder / "case.safetensors", metadata)
    output = tensors["expected.sample"]
    print(f"one step, {options.threads} threads, no warm-up: {seconds:.2f} s")
    print(f"output: deviation {output.std():.3f}, largest {output.abs().max():.3f}")


if __name__ == "__main__":
    main()
