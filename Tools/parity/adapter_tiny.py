"""Writes a low-rank adapter as diffusers does, with what a tiny UNet makes of it; or checks one that Ondol wrote.

    python Tools/parity/adapter_tiny.py [--out FOLDER] [--check FILE]

The UNet is the case `unet_sd2` of models_tiny.py. `adapter.safetensors` is what `save_lora_weights` writes of an adapter
of rank 3 and alpha 6 on all attention; `adapter_case.safetensors` holds what must come out. With `--check`, FILE is
loaded by `load_lora_weights` and must give the same. Runs with the versions that Tools/parity/requirements.txt names.
"""

import argparse
import pathlib
import shutil
import tempfile

import diffusers
import numpy
import peft
import torch
from models_weights import save
from safetensors.torch import load_file

FIXTURES = pathlib.Path(__file__).parents[2] / "Tests/DiffusionModelsTests/Fixtures"
TARGETS = ["to_q", "to_k", "to_v", "to_out.0"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=FIXTURES.parent / "AdapterFixtures")
    parser.add_argument("--check", type=pathlib.Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    unet = diffusers.UNet2DConditionModel.from_pretrained(FIXTURES / "unet_sd2", low_cpu_mem_usage=False).eval()
    case = load_file(FIXTURES / "unet_sd2/case.safetensors")
    if options.check:
        load(unet, options.check)
        expected = load_file(options.out / "adapter_case.safetensors")["expected.sample"]
        difference = (call(unet, case) - expected).abs().max() / expected.abs().max()
        print(f"{difference.item():.1e} relative to the largest value")
        raise SystemExit(difference.item() > 2e-4)
    write(unet, case, options.out)


def write(unet, case, out: pathlib.Path) -> None:
    config = peft.LoraConfig(r=3, lora_alpha=6, target_modules=TARGETS)
    unet.add_adapter(config)
    random = numpy.random.default_rng(4321)
    with torch.no_grad():
        for name, value in unet.named_parameters():
            if ".lora_" in name:
                noise = random.standard_normal(tuple(value.shape), dtype=numpy.float32)
                value.copy_(torch.from_numpy(noise) * 0.5)
    expected = call(unet, case)
    if (expected - case["expected.sample"]).abs().max() < 0.1 * expected.abs().max():
        raise SystemExit("the adapter hardly changes the output; the case would prove too little.")
    out.mkdir(parents=True, exist_ok=True)
    settings = unet.peft_config["default"].to_dict()
    settings["target_modules"] = sorted(settings["target_modules"])
    with tempfile.TemporaryDirectory() as folder:
        diffusers.StableDiffusionPipeline.save_lora_weights(
            folder, unet_lora_layers=peft.get_peft_model_state_dict(unet),
            unet_lora_adapter_metadata=settings,
        )  # fmt: skip
        shutil.copy(pathlib.Path(folder) / "pytorch_lora_weights.safetensors", out / "adapter.safetensors")
    (out / "adapter.safetensors").chmod(0o644)
    versions = f"torch {torch.__version__.split('+')[0]}, diffusers {diffusers.__version__}, peft {peft.__version__}"
    metadata = {"command": "python Tools/parity/adapter_tiny.py", "versions": versions}
    save({"expected.sample": expected}, out / "adapter_case.safetensors", metadata)


def call(unet, case) -> torch.Tensor:
    with torch.no_grad():
        return unet(case["input.sample"], case["input.timestep"], case["input.encoder_hidden_states"]).sample


def load(unet, path: pathlib.Path) -> None:
    """As `load_lora_weights` of a whole pipeline does for its UNet."""
    kind = diffusers.StableDiffusionPipeline
    state, alphas, metadata = kind.lora_state_dict(str(path), return_lora_metadata=True)
    kind.load_lora_into_unet(state, network_alphas=alphas, unet=unet, metadata=metadata)


if __name__ == "__main__":
    main()
