"""Writes adapters as PEFT and as kohya's trainer name them, with what a tiny UNet makes of them.

    python Tools/parity/adapter_formats.py [--out FOLDER]

The UNet is the case `unet_sd1` of models_tiny.py. `peft/` is what PEFT's own `save_pretrained` writes of an adapter of
linear layers and convolutions with ranks and alphas of their own; `kohya.safetensors` holds the like, alphas as tensors and
kernels of three pixels as LoCon has them, under kohya's names. Each is read again by diffusers, and `formats_case.safetensors`
holds what it then computes. Runs with the versions that Tools/parity/requirements.txt names.
"""

import argparse
import json
import pathlib
import shutil
import tempfile

import diffusers
import numpy
import peft
import torch
from adapter_tiny import FIXTURES, call, load
from models_weights import save
from safetensors.torch import load_file, save_file

RANDOM = numpy.random.default_rng(8765)


def unet():
    return diffusers.UNet2DConditionModel.from_pretrained(FIXTURES / "unet_sd1", low_cpu_mem_usage=False).eval()


def noise(shape, scale: float) -> torch.Tensor:
    return torch.from_numpy(RANDOM.standard_normal(tuple(shape), dtype=numpy.float32) * numpy.float32(scale))


def write_peft(out: pathlib.Path, case) -> torch.Tensor:
    config = peft.LoraConfig(
        r=4, lora_alpha=6, target_modules=["to_q", "to_v", "to_out.0", "ff.net.2", "proj_in", "conv1"],
        rank_pattern={"to_v": 2, "conv1": 3}, alpha_pattern={"to_v": 5, "mid_block.attentions.0.proj_in": 1},
        use_rslora=True,
    )  # fmt: skip
    model = peft.get_peft_model(unet(), config)
    with torch.no_grad():
        for name, value in model.named_parameters():
            if ".lora_" in name:
                value.copy_(noise(value.shape, 0.3))
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        (out / "peft").mkdir(exist_ok=True)
        shutil.copy(pathlib.Path(folder) / "adapter_model.safetensors", out / "peft")
        written = json.loads((pathlib.Path(folder) / "adapter_config.json").read_text())
        kept = ["peft_type", "r", "lora_alpha", "rank_pattern", "alpha_pattern", "use_rslora", "use_dora", "lora_bias",
                "bias", "fan_in_fan_out", "init_lora_weights", "target_modules"]  # fmt: skip
        written = {name: written[name] for name in kept}
        written["target_modules"] = sorted(written["target_modules"])
        (out / "peft/adapter_config.json").write_text(json.dumps(written, indent=2) + "\n")
    (out / "peft/adapter_model.safetensors").chmod(0o644)
    # What was written is what is compared with.
    again = peft.PeftModel.from_pretrained(unet(), out / "peft").eval()
    return call(again, case)


def write_kohya(out: pathlib.Path, case) -> torch.Tensor:
    endings = ["attn1.to_q", "attn2.to_k", "attn2.to_out.0", "ff.net.0.proj", "proj_out", "conv2", "downsamplers.0.conv",
               "conv_shortcut", "time_emb_proj"]  # fmt: skip
    tensors = {}
    for name, module in unet().named_modules():
        if not any(name.endswith(ending) for ending in endings):
            continue
        weight, rank = module.weight, 2 if "conv" in name else 5
        flat = "lora_unet_" + name.replace(".", "_")
        window = weight.shape[2:]
        tensors[f"{flat}.lora_down.weight"] = noise((rank, weight.shape[1], *window), 0.3).half()
        tensors[f"{flat}.lora_up.weight"] = noise((weight.shape[0], rank, *[1] * len(window)), 0.3).half()
        # One for all, as kohya's trainer has it: the reference forgets alphas of single attention layers.
        tensors[f"{flat}.alpha"] = torch.tensor(3.0)
    path = out / "kohya.safetensors"
    save_file(tensors, path, metadata={"ss_network_module": "networks.lora"})
    path.chmod(0o644)
    model = unet()
    load(model, path)
    return call(model.float(), case)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=FIXTURES.parent / "AdapterFixtures")
    options = parser.parse_args()
    torch.set_num_threads(1)
    case = load_file(FIXTURES / "unet_sd1/case.safetensors")
    expected = {"expected.peft": write_peft(options.out, case), "expected.kohya": write_kohya(options.out, case)}
    for name, value in expected.items():
        changed = (value - case["expected.sample"]).abs().max() / value.abs().max()
        print(f"{name}: {changed:.2f} of the largest value from the UNet without")
        if changed < 0.1:
            raise SystemExit(f"{name} hardly changes the output; the case would prove too little.")
    versions = f"torch {torch.__version__.split('+')[0]}, diffusers {diffusers.__version__}, peft {peft.__version__}"
    save(expected, options.out / "formats_case.safetensors",
         {"command": "python Tools/parity/adapter_formats.py", "versions": versions})  # fmt: skip


if __name__ == "__main__":
    main()
