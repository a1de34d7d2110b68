"""Writes tiny random models of every variant supported, and what diffusers and transformers make of them.

    python Tools/parity/models_tiny.py [--out FOLDER] [CASE ...]

Each case becomes a folder: `config.json` and the weights as a diffusers model folder has them, and
`case.safetensors` with what goes in (`input.*`), what must come out (`expected.*`) and what is seen on the way
(`inner.*`, named after the module that returns it). Pictures and latents are [batch, channels, height, width] f32.
Runs with the versions that Tools/parity/requirements.txt names.
"""

import argparse
import copy
import json
import pathlib

import diffusers
import torch
import transformers
from models_cases import AUTOENCODERS, POOLED_TEXT_UNETS, TEXTS, UNETS
from models_weights import fill, normal, recording, save

COMMAND = "python Tools/parity/models_tiny.py"
FIXTURES = pathlib.Path(__file__).parents[2] / "Tests/DiffusionModelsTests/Fixtures"
KEY_BIASES = ("to_k.bias", "k_proj.bias")
MIDDLE_ATTENTION_OF_OLD = {"to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=FIXTURES)
    parser.add_argument("cases", nargs="*", help="the cases to write (all of them)")
    options = parser.parse_args()
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    rows = [(row, write_unet) for row in UNETS]
    rows += [(row, write_autoencoder) for row in AUTOENCODERS]
    rows += [(row, write_text) for row in TEXTS]
    rows += [(row, write_unet) for row in POOLED_TEXT_UNETS]
    for index, (row, write) in enumerate(rows):
        if options.cases and row.name not in options.cases:
            continue
        folder = options.out / row.name
        folder.mkdir(parents=True, exist_ok=True)
        write(row, folder, seed=1000 + 10 * index)
        size = sum(file.stat().st_size for file in folder.iterdir())
        print(f"{row.name:34} {size / 1024:7.1f} KB")


def write_unet(case, folder: pathlib.Path, seed: int) -> None:
    model = diffusers.UNet2DConditionModel(**case.config).eval()
    fill(model, seed, gain=1)
    inputs = {
        "sample": normal(seed + 1, 2, model.config.in_channels, *case.size),
        "timestep": torch.tensor(case.timesteps),
        "encoder_hidden_states": normal(seed + 2, 2, case.context_length, model.config.cross_attention_dim),
    }

    def expected(model, inputs):
        return {"sample": model(**inputs).sample}

    inner = ["time_proj", "time_embedding", "conv_in"]
    inner += [f"down_blocks.{level}" for level in range(len(model.down_blocks))]
    inner += ["mid_block"] if model.mid_block is not None else []
    inner += [f"up_blocks.{level}" for level in range(len(model.up_blocks))]
    weights = dict(model.state_dict())
    finish(case, folder, seed, model, inputs, expected, inner, weights, "diffusion_pytorch_model.safetensors")


def write_autoencoder(case, folder: pathlib.Path, seed: int) -> None:
    model = diffusers.AutoencoderKL(**case.config).eval()
    fill(model, seed, gain=1)
    factor = 2 ** (len(model.config.block_out_channels) - 1)
    latent_size = [length // factor for length in case.size]
    inputs = {
        "image": normal(seed + 1, case.batch, model.config.in_channels, *case.size).tanh(),
        "latent": normal(seed + 2, case.batch, model.config.latent_channels, *latent_size),
    }

    def expected(model, inputs):
        posterior = model.encode(inputs["image"]).latent_dist
        return {"mean": posterior.mean, "logvar": posterior.logvar, "image": model.decode(inputs["latent"]).sample}

    inner = []
    for half, blocks in (("encoder", "down_blocks"), ("decoder", "up_blocks")):
        inner += [f"{half}.conv_in", f"{half}.mid_block"]
        inner += [f"{half}.{blocks}.{level}" for level in range(len(case.config["block_out_channels"]))]
    weights = dict(model.state_dict())
    if case.legacy_attention_names:
        weights = {with_legacy_attention(name): tensor for name, tensor in weights.items()}
    finish(case, folder, seed, model, inputs, expected, inner, weights, "diffusion_pytorch_model.safetensors")


def with_legacy_attention(name: str) -> str:
    """The name that checkpoints of Stable Diffusion 1.x give a parameter of the middle's attention."""
    for new, old in MIDDLE_ATTENTION_OF_OLD.items():
        name = name.replace(f"mid_block.attentions.0.{new}.", f"mid_block.attentions.0.{old}.")
    return name


def write_text(case, folder: pathlib.Path, seed: int) -> None:
    model = transformers.CLIPTextModel(transformers.CLIPTextConfig(**case.config)).eval()
    fill(model, seed, gain=1)
    inputs = {"token_ids": torch.tensor(case.tokens)}

    def expected(model, inputs):
        output = model(input_ids=inputs["token_ids"], output_hidden_states=True)
        states = output.hidden_states
        values = {
            "last_hidden_state": output.last_hidden_state,
            "pooled": output.pooler_output,
            "penultimate": states[-2],
            "penultimate_normalized": model.final_layer_norm(states[-2]),
        }
        return values | {f"hidden_states.{index}": state for index, state in enumerate(states)}

    # The checkpoints that are out there, and every other reader of them, have the prefix; transformers 5 reads both
    # and writes none.
    weights = {case.prefix + name: tensor for name, tensor in model.state_dict().items()}
    if case.position_ids:
        positions = torch.arange(model.config.max_position_embeddings).unsqueeze(0)
        weights[case.prefix + "embeddings.position_ids"] = positions
    finish(case, folder, seed, model, inputs, expected, [], weights, "model.safetensors")


def finish(case, folder, seed, model, inputs, expected, inner, weights, weights_file) -> None:
    """Runs the model, writes the folder, and makes sure that the reference reads the same model back from it."""
    seen: dict[str, torch.Tensor] = {}
    hooks = recording(model, inner, seen)
    with torch.no_grad():
        outputs = expected(model, inputs)
        for hook in hooks:
            hook.remove()
        exact = expected(copy.deepcopy(model).double(), {name: widened(value) for name, value in inputs.items()})
    tensors = {f"input.{name}": value for name, value in inputs.items()}
    tensors |= {f"expected.{name}": value for name, value in outputs.items()}
    write_config(model, folder, getattr(case, "fields", None))
    save(weights, folder / weights_file, {"format": "pt"})
    metadata = {
        "case": case.name,
        "command": f"{COMMAND} {case.name}",
        "seed": str(seed),
        "versions": f"torch {torch.__version__.split('+')[0]}, diffusers {diffusers.__version__}, "
        f"transformers {transformers.__version__}",
        # How far f32 itself is from f64, relative to the largest value: no implementation can promise less.
        "f32_error": ", ".join(f"{name} {distance(outputs[name], exact[name]):.0e}" for name in outputs),
    }
    save(tensors | seen, folder / "case.safetensors", metadata)
    check(reread(type(model), folder), inputs, expected, outputs, case.name)


def write_config(model, folder: pathlib.Path, fields: set[str] | None) -> None:
    """Writes `config.json` as the model's own library does, with nothing but `fields` where they are given."""
    if isinstance(model, diffusers.ModelMixin):
        model.save_config(folder)
    else:
        model.config.architectures = [type(model).__name__]
        model.config.save_pretrained(folder)
    path = folder / "config.json"
    config = json.loads(path.read_text())
    if fields is not None:
        config = {name: value for name, value in config.items() if name in fields or name.startswith("_class")}
    path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


def reread(kind, folder: pathlib.Path):
    if issubclass(kind, diffusers.ModelMixin):
        return kind.from_pretrained(folder, low_cpu_mem_usage=False).eval()
    return kind.from_pretrained(folder).eval()


def check(model, inputs, expected, outputs, name: str) -> None:
    """Refuses to go on where the folder as the reference reads it is not the model that made `outputs`."""
    with torch.no_grad():
        again = expected(model, inputs)
    for key, value in outputs.items():
        if not value.isfinite().all() or distance(again[key], value) > 1e-6:
            raise SystemExit(f"{name}: the folder read back gives another {key}; the case would prove nothing.")
    torch.manual_seed(0)
    sum((value * torch.randn_like(value)).sum() for value in expected(model, inputs).values()).backward()
    for key, parameter in model.named_parameters():
        # The bias of an attention's keys shifts a whole row of the softmax, which changes nothing.
        if not key.endswith(KEY_BIASES) and not parameter.grad.abs().max() > 1e-3:
            raise SystemExit(f"{name}: {key} hardly changes the output; the case would prove too little.")


def widened(value: torch.Tensor) -> torch.Tensor:
    return value.double() if value.is_floating_point() else value


def distance(value: torch.Tensor, reference: torch.Tensor) -> float:
    return ((value.double() - reference.double()).abs().max() / reference.double().abs().max()).item()


if __name__ == "__main__":
    main()
